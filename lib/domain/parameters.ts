/**
 * Every tunable, once: default, range, unit, what raising it does, and where the number comes from. A workspace's value is
 * the last live `tune` change of that name, else the default here. Nothing else in `lib/domain` holds a number.
 */
export interface ParameterRow {
  readonly group: "recall" | "learning" | "time" | "safety" | "cycle" | "epoch" | "backup";
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  /** What raising it does, in plain words. */
  readonly effect: string;
  /** Paper, measurement, or "chosen, not measured". */
  readonly source: string;
}

const design = "design start value; chosen, not measured";
const fitted =
  "logistic regression on LongMemEval, LoCoMo and its facts, dev halves, answered and unanswered weighted alike; AUROC .87, .78 and .86, and .83 to .88, .78 and .84 to .89 when fitted on one half of each and tried on the other";
const measured =
  "measured on the dev halves of LoCoMo, its facts, LongMemEval and SituatedQA together, one setting for all";

const cueBench =
  "npm run bench:learning: BANKING77, paraphrased SQuAD and LoCoMo, dev halves, one setting for all; see docs/learning.md";

const elsewhereBench =
  "twelve random splits of BANKING77's needs, explicit and pbm0.3: untaught questions −.009 and −.005 in the mean without, never below 0 on any with it, LoCoMo loses .002; see docs/learning.md";

const graphBench =
  "npm run bench -- --only graph, one setting for all: MuSiQue R@5 .592 without the graph, .673 with it, and .575 and .658 where the texts have no titles; HotpotQA .775 and .888; LoCoMo .730 and no less; .4 gains HotpotQA .04 more, and costs SituatedQA newest first .006 more than the .006 that this costs it";

const unmeasured = "chosen, not measured";
const starting = "start value, chosen and not measured; cycles move it by what becomes of their proposals";
const never = "chosen: a person looks at each";
const learned =
  "cycles learn it from what people accept, decline and take back; 0 is to take the proposer at its word";

// A row a line.
// prettier-ignore
export const PARAMETERS = {
  "recall.weight.similarity": { group: "recall", default: 0.15, min: 0, max: 2, unit: "weight", effect: "Memories close in meaning as a whole rank higher.", source: measured },
  "recall.weight.passage": { group: "recall", default: 0.5, min: 0, max: 2, unit: "weight", effect: "Memories with one passage close in meaning rank higher.", source: "LongMemEval R@10 .904 with all the weight on the whole text, .933 with this split; shares of 0 to .4 on the whole are alike" },
  "recall.weight.keyword": { group: "recall", default: 0.38, min: 0, max: 2, unit: "weight", effect: "Memories that share rare words with the query rank higher.", source: measured },
  "recall.weight.phrase": { group: "recall", default: 0.11, min: 0, max: 1, unit: "weight per pair of words", effect: "Memories that repeat pairs of the query's words rank higher.", source: "SituatedQA newest first .919 at 0; with names and recency as they are now .945 at .1, .951 at .11, .954 at .12, where BANKING77 learns .002 less; the other sets move by .003" },
  "recall.weight.utility": { group: "recall", default: 0.25, min: 0, max: 2, unit: "weight", effect: "What was said of a memory at large moves it further; what was said for a question counts as a cue.", source: "learning.md; where judgements for a question counted here too, .01 cost the control questions of BANKING77 .014 nDCG" },
  "recall.weight.graph": { group: "recall", default: 0.3, min: 0, max: 2, unit: "weight", effect: "Memories that share rare names with what matches the question rank higher.", source: graphBench },
  "recall.graph.floor": { group: "recall", default: 0.7, min: 0, max: 2, unit: "score", effect: "A memory has to match better by itself before its names lead to others.", source: graphBench },
  "recall.graph.ceiling": { group: "recall", default: 1.1, min: 0, max: 3, unit: "score", effect: "A memory has to match better by itself before its names lead to others in full.", source: graphBench },
  "recall.graph.named": { group: "recall", default: 0.5, min: 0, max: 1, unit: "activation", effect: "The names of a memory that holds a rare name of the question lead to others more.", source: graphBench },
  "recall.graph.direct": { group: "recall", default: 0.25, min: 0, max: 1, unit: "activation", effect: "Memories that hold a rare name of the question rank higher.", source: graphBench },
  "recall.graph.alias": { group: "recall", default: 0.5, min: 0, max: 1, unit: "factor", effect: "Last names and short forms connect memories more.", source: "MuSiQue, dev: R@10 .785 at 0, .806 at .5, before the other settings of the graph were final" },
  "recall.graph.hub": { group: "recall", default: 0.05, min: 0.001, max: 1, unit: "share of memories", effect: "Names in more of the memories still connect them.", source: design },
  "recall.weight.recency": { group: "recall", default: 0.3, min: 0, max: 2, unit: "weight", effect: "Newer memories rank higher.", source: "SituatedQA newest first: .843 at 0, flat from .25 to .3; LoCoMo and its facts move by .005" },
  "recall.weight.now": { group: "recall", default: 1.5, min: 0, max: 10, unit: "weight", effect: "For questions about the present, newer memories among those that match rank higher.", source: "LongMemEval newest first .72 at 0, .80 at 1.5 to 2, of 25 questions; SituatedQA loses .005" },
  "recall.weight.saysNow": { group: "recall", default: 0.06, min: 0, max: 1, unit: "weight", effect: "For questions about the present, memories that say how things stand rank higher.", source: "LongMemEval newest first .80 at 0, .84 at .06 and .1, of 25 questions; nDCG moves by .001" },
  "recall.weight.cue": { group: "recall", default: 1.5, min: 0, max: 3, unit: "weight", effect: "A question near one that a memory helped with brings the memory further up.", source: cueBench },
  "recall.weight.cueAgainst": { group: "recall", default: 1, min: 0, max: 3, unit: "weight", effect: "A question near one that a memory did not help with brings the memory further down.", source: cueBench },
  "recall.weight.context": { group: "recall", default: 0.22, min: 0, max: 2, unit: "weight", effect: "Memories whose neighbours in the session match rank higher.", source: "LoCoMo R@10 .789 at 0, .814 at .18, .817 at .22, .819 at .26, its facts .806, .825, .833, .835; LongMemEval R@10 .929, .933, .927, .927" },
  "recall.weight.answer": { group: "recall", default: 0.3, min: 0, max: 2, unit: "weight", effect: "Turns that answer a matching question rank higher.", source: "LoCoMo R@10 .751 at 0, .779 at .3" },
  "recall.weight.speaker": { group: "recall", default: 0.16, min: 0, max: 2, unit: "weight", effect: "What the named person said ranks higher, what others said lower.", source: "LoCoMo R@10 .726 at 0, .779 at .16" },
  "recall.weight.time": { group: "recall", default: 0.1, min: 0, max: 2, unit: "weight", effect: "For questions about when, memories that name a time rank higher.", source: measured },
  "recall.weight.window": { group: "recall", default: 0.3, min: 0, max: 2, unit: "weight", effect: "For questions that name a time, memories of that time rank higher.", source: "LongMemEval R@10 .889 at 0, .933 at .25 to .4; LoCoMo facts .802, .828; flat from .2 to .4" },
  "recall.weight.length": { group: "recall", default: 0.1, min: 0, max: 1, unit: "weight", effect: "Memories that say more rank higher.", source: measured },
  "recall.length.full": { group: "recall", default: 5, min: 1, max: 12, unit: "doublings of words", effect: "A memory has to be longer for the full length part.", source: measured },
  "recall.context.decay": { group: "recall", default: 0.8, min: 0, max: 1, unit: "factor per turn", effect: "Neighbours further away count more.", source: measured },
  "recall.phrase.most": { group: "recall", default: 3, min: 0, max: 20, unit: "pairs", effect: "More repeated pairs of words count.", source: measured },
  "recall.recency.years": { group: "recall", default: 5, min: 0.01, max: 100, unit: "years", effect: "Age counts less.", source: "SituatedQA, whose facts are years apart; 3 to 8 are alike" },
  "recall.now.days": { group: "recall", default: 25, min: 0.1, max: 3650, unit: "days", effect: "For questions about the present, older memories count as new for longer.", source: "LongMemEval, whose updates are days to months apart; 15 to 30 are alike" },
  "recall.window.days": { group: "recall", default: 7, min: 0.1, max: 365, unit: "days", effect: "Memories from further outside the time that a question names still count.", source: "flat from 5 to 14 on LoCoMo, its facts and LongMemEval" },
  "recall.routeCap": { group: "recall", default: 100, min: 10, max: 1000, unit: "memories per route", effect: "More candidates are scored; slower.", source: design },
  "recall.keyword.k1": { group: "recall", default: 0.9, min: 0, max: 3, unit: "1", effect: "Repeated words count for more before they saturate.", source: measured },
  "recall.keyword.b": { group: "recall", default: 0.5, min: 0, max: 1, unit: "1", effect: "Long memories are discounted more.", source: measured },
  "recall.keyword.name": { group: "recall", default: 0.5, min: 0, max: 2, unit: "factor", effect: "A speaker's name in the query counts more as a word, in what they or nobody in particular said.", source: "LoCoMo facts R@10 .834 at 0, .837 at .5, .831 at 1; LoCoMo flat; without it a name alone finds nothing" },
  "recall.keyword.halfScore": { group: "recall", default: 10, min: 1, max: 50, unit: "BM25 points", effect: "A keyword match has to be stronger for half of the keyword part.", source: measured },
  "recall.similarity.floor": { group: "recall", default: 0.05, min: -1, max: 1, unit: "cosine", effect: "Weak similarities count as none.", source: "50th percentile of random pairs, MiniLM" },
  "recall.similarity.ceiling": { group: "recall", default: 0.75, min: 0, max: 1, unit: "cosine", effect: "Only closer texts get the full similarity part.", source: "flat from .725 to .775 on the four sets together" },
  "recall.answerability.match": { group: "recall", default: 3.1, min: 0, max: 20, unit: "log odds per unit of score", effect: "A good match of the text is taken more strongly for an answer.", source: fitted },
  "recall.answerability.speaker": { group: "recall", default: 3.1, min: 0, max: 20, unit: "log odds per unit of similarity", effect: "What the named person said is taken more strongly for an answer, what others said against one.", source: fitted },
  "recall.answerability.usual": { group: "recall", default: 0.42, min: -1, max: 1, unit: "similarity", effect: "The named person has to stand out more from the others.", source: fitted },
  "recall.answerability.offset": { group: "recall", default: 2.7, min: -20, max: 20, unit: "log odds", effect: "More is needed before an answer is expected.", source: fitted },
  "recall.answerability.low": { group: "recall", default: 0.3, min: 0, max: 1, unit: "probability", effect: "More failed recalls are put down to nothing being stored.", source: "below it .02 to .13 of answered and .17 to .64 of unanswered questions, npm run bench -- --only quality" },
  "learning.prior.alpha": { group: "learning", default: 2, min: 0.1, max: 50, unit: "observations", effect: "Fresh memories are believed more, and each outcome moves them less.", source: "Beta(2, 2)" },
  "learning.prior.beta": { group: "learning", default: 2, min: 0.1, max: 50, unit: "observations", effect: "Fresh memories are believed less, and each outcome moves them less.", source: "Beta(2, 2)" },
  "learning.utility.slope": { group: "learning", default: 3, min: 0, max: 10, unit: "1", effect: "The same evidence moves the ranking more.", source: design },
  "learning.utility.clip": { group: "learning", default: 1.5, min: 0.1, max: 10, unit: "1", effect: "Strong evidence keeps counting for longer before it saturates.", source: design },
  "learning.baseline.prior": { group: "learning", default: 4, min: 0, max: 100, unit: "outcomes", effect: "Kinds of queries with few outcomes lean more on the workspace's average.", source: design },
  "learning.baseline.workspace": { group: "learning", default: 0.5, min: 0, max: 1, unit: "outcome 0…1", effect: "The success that is expected before any outcome is known.", source: "chosen: the middle" },
  "learning.verdict.weight": { group: "learning", default: 2, min: 0, max: 10, unit: "factor", effect: "An explicit verdict on one memory counts more.", source: design },
  "learning.signal.weight": { group: "learning", default: 1, min: 0, max: 10, unit: "factor", effect: "An outcome of a whole answer counts more.", source: design },
  "learning.cue.reach": { group: "learning", default: 0.6, min: 0, max: 0.99, unit: "cosine", effect: "What was learned for one question reaches fewer other ones.", source: cueBench },
  "learning.cue.pool.floor": { group: "learning", default: 0.48, min: 0, max: 0.99, unit: "cosine", effect: "Judgements of fewer other wordings are counted together.", source: cueBench },
  "learning.cue.pool.power": { group: "learning", default: 2, min: 0.5, max: 8, unit: "1", effect: "Judgements of other wordings count less, the further they are.", source: cueBench },
  "learning.cue.window": { group: "learning", default: 24, min: 0.5, max: 1000, unit: "observations", effect: "Older judgements count for longer beside newer ones; noise is averaged better, and drift is followed later.", source: cueBench },
  "learning.cue.window.low": { group: "learning", default: 0.25, min: 0.01, max: 24, unit: "observations", effect: "All sources of low trust together count for more.", source: "so that a flood moves less than two verdicts of the owner (tested)" },
  "learning.cue.turn": { group: "learning", default: 3.75, min: 1, max: 20, unit: "standard deviations", effect: "Newer judgements have to contradict the older ones more clearly before those are left out.", source: cueBench },
  "learning.cue.turn.least": { group: "learning", default: 0.3, min: 0.01, max: 100, unit: "observations", effect: "More judgements have to stand on either side before older ones are left out.", source: cueBench },
  "learning.cue.prior": { group: "learning", default: 1.1, min: 0.01, max: 10, unit: "observations²", effect: "The first judgements of a memory move it less.", source: cueBench },
  "learning.cue.agreement": { group: "learning", default: 1, min: 0.1, max: 100, unit: "observations", effect: "Judgements that all agree are taken for certain later.", source: cueBench },
  "learning.cue.least": { group: "learning", default: 0.25, min: 0, max: 5, unit: "standard deviations", effect: "Evidence has to stand out further from chance before it moves anything.", source: cueBench },
  "learning.cue.sure": { group: "learning", default: 4, min: 0.5, max: 20, unit: "standard deviations", effect: "Evidence has to stand out further from chance before nothing limits what it moves.", source: cueBench },
  "learning.cue.opening": { group: "learning", default: 4, min: 0.5, max: 20, unit: "power", effect: "Evidence has to be surer before it may lift or lower further than in proportion.", source: cueBench },
  "learning.cue.same": { group: "learning", default: 200, min: 1, max: 1000, unit: "power", effect: "A judgement counts without caution only for questions more nearly the same as the judged one.", source: "npm run bench:learning --quick: at 12 near-random feedback costs SQuAD paraphrases .026 instead of .006; so only the very question" },
  "learning.cue.same.sure": { group: "learning", default: 3, min: 0.5, max: 20, unit: "standard deviations", effect: "At the very question that was judged, one judgement shows less.", source: cueBench },
  "learning.cue.step": { group: "learning", default: 0.15, min: 0, max: 3, unit: "score per standard deviation", effect: "Unsure evidence may lift a memory further above its own match.", source: cueBench },
  "learning.cue.against.step": { group: "learning", default: 0.13, min: 0, max: 3, unit: "score per standard deviation", effect: "Unsure evidence may lower a memory further.", source: cueBench },
  "learning.cue.against.scale": { group: "learning", default: 2.5, min: 0, max: 5, unit: "1", effect: "A question that it did not help with lowers a memory for more of its neighbours in full.", source: cueBench },
  "learning.cue.against.shield": { group: "learning", default: 0.5, min: 0, max: 3, unit: "1", effect: "A memory that matches by itself is lowered less.", source: cueBench },
  "learning.cue.against.known": { group: "learning", default: 3, min: 0.01, max: 20, unit: "standard deviations", effect: "A memory has to be known more surely to help with something before what it did not help with lowers it for other wordings.", source: cueBench },
  "learning.cue.elsewhere": { group: "learning", default: 0.2, min: 0, max: 2, unit: "score", effect: "A memory that is known well for other questions ranks lower.", source: elsewhereBench },
  "learning.cue.elsewhere.unseen": { group: "learning", default: 5, min: 0.1, max: 100, unit: "questions", effect: "A memory has to have helped with more wordings of one need before it counts as known for it.", source: elsewhereBench },
  "learning.cue.elsewhere.near": { group: "learning", default: 0.68, min: -1, max: 1, unit: "cosine", effect: "Questions have to be nearer to what a memory helped with, or it is lowered for them.", source: elsewhereBench },
  "learning.cue.elsewhere.far": { group: "learning", default: 0.5, min: -1, max: 1, unit: "cosine", effect: "A memory is lowered in full for questions that are less far from what it helped with.", source: elsewhereBench },
  "learning.explore.share": { group: "learning", default: 0, min: 0, max: 1, unit: "share of recalls", effect: "More recalls try memories that are not known well.", source: "npm run bench:learning measures .3; off until a workspace wants it, because a recall that explores shows another list" },
  "learning.explore.weight": { group: "learning", default: 0.3, min: 0, max: 2, unit: "weight", effect: "Exploring recalls try memories from further down.", source: cueBench },
  "learning.used.weight": { group: "learning", default: 0.5, min: 0, max: 10, unit: "factor", effect: "A report of which memories were used counts more.", source: cueBench },
  "learning.used.share": { group: "learning", default: 0.3, min: 0.01, max: 0.99, unit: "share of the shown", effect: "More of what is shown is expected to be used before anything is known.", source: "chosen, not measured: forgotten after some twenty reports" },
  "learning.used.prior": { group: "learning", default: 20, min: 0, max: 1000, unit: "reports", effect: "The expected share of use follows the reports later.", source: "chosen, not measured" },
  "learning.used.containment": { group: "learning", default: 0.5, min: 0.05, max: 1, unit: "share of rare tokens", effect: "An answer has to repeat more of a memory before the memory counts as used.", source: design },
  "learning.support.weight": { group: "learning", default: 0.25, min: 0, max: 2, unit: "observations", effect: "Hearing exactly the same thing again is believed more.", source: design },
  "learning.shares.temperature": { group: "learning", default: 0.1, min: 0.01, max: 1, unit: "cosine", effect: "Feedback on a merged memory is split more evenly over its sources.", source: "ledger.md" },
  "learning.calibration.slope": { group: "learning", default: 1, min: 0.1, max: 5, unit: "1", effect: "What is expected of a memory moves further with its confidence.", source: "1 and a shift of 0 leave confidence as it is; cycles fit both by Platt's method" },
  "learning.calibration.shift": { group: "learning", default: 0, min: -4, max: 4, unit: "log odds", effect: "More is expected of every memory.", source: "see learning.calibration.slope" },
  "safety.trust.owner": { group: "safety", default: 1, min: 0, max: 1, unit: "factor", effect: "Signals with an owner key count more.", source: design },
  "safety.trust.verified": { group: "safety", default: 0.8, min: 0, max: 1, unit: "factor", effect: "Signals of verified keys count more.", source: design },
  "safety.trust.ordinary": { group: "safety", default: 0.5, min: 0, max: 1, unit: "factor", effect: "Signals of ordinary keys count more.", source: design },
  "safety.trust.low": { group: "safety", default: 0.2, min: 0, max: 1, unit: "factor", effect: "Signals of new or low-trust keys count more.", source: "new sources start at .2" },
  "safety.cap.verified": { group: "safety", default: 24, min: 1, max: 1000, unit: "observations", effect: "An owner or verified source can move one memory further.", source: design },
  "safety.cap.ordinary": { group: "safety", default: 8, min: 1, max: 1000, unit: "observations", effect: "One ordinary key can move one memory further.", source: design },
  "safety.cap.low": { group: "safety", default: 3, min: 0, max: 1000, unit: "observations", effect: "All low-trust sources together can move one memory further.", source: design },
  "safety.quarantine.good": { group: "safety", default: 0.6, min: 0.01, max: 0.99, unit: "share of outcomes", effect: "A memory has to help more often to count as a good one.", source: "learning.md §6; chosen, not measured" },
  "safety.quarantine.bad": { group: "safety", default: 0.35, min: 0.01, max: 0.99, unit: "share of outcomes", effect: "A memory that helps this seldom counts as harmful.", source: "learning.md §6; chosen, not measured" },
  "safety.quarantine.threshold": { group: "safety", default: 4.5, min: 0.5, max: 50, unit: "nats", effect: "More bad outcomes are needed before quarantine is proposed.", source: "Wald's bound ln((1 − b)/a) with a = .01, b = .1" },
  "safety.anomaly.share": { group: "safety", default: 0.2, min: 0.01, max: 1, unit: "share of shown results", effect: "One source may fill more of what is shown before it is flagged.", source: "learning.md §7" },
  "safety.anomaly.reach": { group: "safety", default: 0.1, min: 0.01, max: 1, unit: "share of kinds of question", effect: "One memory may show up for more unrelated questions before it is flagged.", source: "learning.md §7" },
  "safety.anomaly.burst": { group: "safety", default: 6, min: 1, max: 100, unit: "standard deviations", effect: "A source may write faster than it usually does before it is flagged.", source: "chosen, not measured" },
  "time.halfLife.fact": { group: "time", default: 180, min: 1, max: 3650, unit: "days", effect: "Evidence about facts stays in force for longer.", source: design },
  "time.halfLife.preference": { group: "time", default: 180, min: 1, max: 3650, unit: "days", effect: "Evidence about preferences stays in force for longer.", source: design },
  "time.halfLife.procedure": { group: "time", default: 90, min: 1, max: 3650, unit: "days", effect: "Evidence about procedures stays in force for longer.", source: design },
  "time.halfLife.episode": { group: "time", default: 30, min: 1, max: 3650, unit: "days", effect: "Evidence about episodes stays in force for longer.", source: design },
  "time.halfLife.insight": { group: "time", default: 90, min: 1, max: 3650, unit: "days", effect: "Evidence about insights stays in force for longer.", source: design },
  "time.stability.fact": { group: "time", default: 90, min: 1, max: 3650, unit: "days", effect: "Facts stay accessible for longer.", source: design },
  "time.stability.preference": { group: "time", default: 90, min: 1, max: 3650, unit: "days", effect: "Preferences stay accessible for longer.", source: design },
  "time.stability.procedure": { group: "time", default: 45, min: 1, max: 3650, unit: "days", effect: "Procedures stay accessible for longer.", source: design },
  "time.stability.episode": { group: "time", default: 7, min: 1, max: 3650, unit: "days", effect: "Episodes stay accessible for longer.", source: design },
  "time.stability.insight": { group: "time", default: 45, min: 1, max: 3650, unit: "days", effect: "Insights stay accessible for longer.", source: design },
  "cycle.intervalMinutes": { group: "cycle", default: 15, min: 0, max: 10080, unit: "minutes", effect: "Cycles run less often; 0 stops the timer.", source: design },
  "cycle.accept.merge": { group: "cycle", default: 0.4, min: 0, max: 1, unit: "certainty", effect: "Only merges that are surer are proposed.", source: "npm run bench -- --only consolidation: highest F1 on judged pairs from .35 to .45; of what is merged from there a fifth is false, so it waits for a person" },
  "cycle.accept.supersede": { group: "cycle", default: 0.5, min: 0, max: 1, unit: "certainty", effect: "Only supersessions that are surer are proposed.", source: starting },
  "cycle.accept.contest": { group: "cycle", default: 0.4, min: 0, max: 1, unit: "certainty", effect: "Only contradictions that are surer are proposed.", source: starting },
  "cycle.accept.quarantine": { group: "cycle", default: 0.95, min: 0, max: 1, unit: "certainty", effect: "Only quarantines that are surer are proposed.", source: starting },
  "cycle.accept.archive": { group: "cycle", default: 0.8, min: 0, max: 1, unit: "certainty", effect: "Only archive proposals that are surer are proposed.", source: starting },
  "cycle.accept.link": { group: "cycle", default: 0.5, min: 0, max: 1, unit: "certainty", effect: "Only links that are surer are proposed.", source: starting },
  "cycle.accept.weights": { group: "cycle", default: 0.5, min: 0, max: 1, unit: "certainty", effect: "Only changes of weights that are surer are proposed.", source: starting },
  "cycle.accept.threshold": { group: "cycle", default: 0.5, min: 0, max: 1, unit: "certainty", effect: "Only changes of thresholds that are surer are proposed.", source: starting },
  "cycle.accept.halfLife": { group: "cycle", default: 0.5, min: 0, max: 1, unit: "certainty", effect: "Only changes of half-lives that are surer are proposed.", source: starting },
  "cycle.accept.trust": { group: "cycle", default: 0.5, min: 0, max: 1, unit: "certainty", effect: "Only changes of trust that are surer are proposed.", source: starting },
  "cycle.accept.calibration": { group: "cycle", default: 0.5, min: 0, max: 1, unit: "certainty", effect: "Only calibrations that are surer are proposed.", source: starting },
  "cycle.auto.merge": { group: "cycle", default: 0.93, min: 0, max: 1.01, unit: "certainty", effect: "Fewer merges apply themselves; above 1 none does.", source: "npm run bench -- --only consolidation: false merges 5 % from .88, 3 % from .93, under 1 % from .97, on news and captions that are made to be confused" },
  "cycle.auto.supersede": { group: "cycle", default: 0.99, min: 0, max: 1.01, unit: "certainty", effect: "Fewer supersessions apply themselves; above 1 none does.", source: starting },
  "cycle.auto.contest": { group: "cycle", default: 0.95, min: 0, max: 1.01, unit: "certainty", effect: "Fewer contradictions apply themselves; above 1 none does.", source: starting },
  "cycle.auto.quarantine": { group: "cycle", default: 0.999, min: 0, max: 1.01, unit: "certainty", effect: "Fewer quarantines apply themselves; above 1 none does.", source: starting },
  "cycle.auto.archive": { group: "cycle", default: 1.01, min: 0, max: 1.01, unit: "certainty", effect: "Fewer archive proposals apply themselves; above 1 none does.", source: never },
  "cycle.auto.link": { group: "cycle", default: 0.6, min: 0, max: 1.01, unit: "certainty", effect: "Fewer links apply themselves; above 1 none does.", source: starting },
  "cycle.auto.weights": { group: "cycle", default: 0.9, min: 0, max: 1.01, unit: "certainty", effect: "Fewer changes of weights apply themselves; above 1 none does.", source: starting },
  "cycle.auto.threshold": { group: "cycle", default: 0.8, min: 0, max: 1.01, unit: "certainty", effect: "Fewer changes of thresholds apply themselves; above 1 none does.", source: starting },
  "cycle.auto.halfLife": { group: "cycle", default: 0.9, min: 0, max: 1.01, unit: "certainty", effect: "Fewer changes of half-lives apply themselves; above 1 none does.", source: starting },
  "cycle.auto.trust": { group: "cycle", default: 1.01, min: 0, max: 1.01, unit: "certainty", effect: "Fewer changes of trust apply themselves; above 1 none does.", source: never },
  "cycle.auto.calibration": { group: "cycle", default: 0.8, min: 0, max: 1.01, unit: "certainty", effect: "Fewer calibrations apply themselves; above 1 none does.", source: starting },
  "cycle.prior.merge": { group: "cycle", default: 0, min: -3, max: 3, unit: "log odds", effect: "Every merge is taken for surer than its proposer says.", source: learned },
  "cycle.prior.supersede": { group: "cycle", default: 0, min: -3, max: 3, unit: "log odds", effect: "Every supersession is taken for surer than its proposer says.", source: learned },
  "cycle.prior.contest": { group: "cycle", default: 0, min: -3, max: 3, unit: "log odds", effect: "Every contradiction is taken for surer than its proposer says.", source: learned },
  "cycle.prior.quarantine": { group: "cycle", default: 0, min: -3, max: 3, unit: "log odds", effect: "Every quarantine is taken for surer than its proposer says.", source: learned },
  "cycle.prior.archive": { group: "cycle", default: 0, min: -3, max: 3, unit: "log odds", effect: "Every move to the archive is taken for surer than its proposer says.", source: learned },
  "cycle.prior.link": { group: "cycle", default: 0, min: -3, max: 3, unit: "log odds", effect: "Every link is taken for surer than its proposer says.", source: learned },
  "cycle.merge.neighbours": { group: "cycle", default: 3, min: 1, max: 20, unit: "memories", effect: "More of the memories nearest to each other are looked at for merging; slower.", source: "npm run bench -- --only consolidation: pool F1 by how many; see docs/consolidation.md" },
  "cycle.merge.similarity": { group: "cycle", default: 0.6, min: 0, max: 1, unit: "cosine", effect: "Memories have to be closer in meaning to be looked at for merging.", source: "npm run bench -- --only consolidation" },
  "cycle.merge.most": { group: "cycle", default: 8, min: 2, max: 8, unit: "memories", effect: "More memories become one at once.", source: design },
  "cycle.merge.comparisons": { group: "cycle", default: 1e9, min: 1e6, max: 1e12, unit: "comparisons of vectors", effect: "More changed memories are compared with all that they may be the same as, at most 30 seconds for each thousand million, before only those of the nearest cells are looked at.", source: "chosen: a 16,000th of .5 ms each" },
  "cycle.supersede.neighbours": { group: "cycle", default: 8, min: 1, max: 50, unit: "memories", effect: "More memories are looked at for another value of the same attribute; slower.", source: unmeasured },
  "cycle.bound.status": { group: "cycle", default: 0.05, min: 0, max: 1, unit: "share of memories", effect: "One cycle may merge, supersede, archive and quarantine more.", source: "learning.md §6" },
  "cycle.bound.least": { group: "cycle", default: 50, min: 2, max: 10000, unit: "memories", effect: "One cycle may move more memories of a small store.", source: "chosen: a page of proposals; 5 % of a first import of a hundred memories would be one merge a cycle" },
  "cycle.bound.merges": { group: "cycle", default: 200, min: 0, max: 10000, unit: "merges", effect: "One cycle may merge more.", source: "learning.md §6" },
  "cycle.bound.weight": { group: "cycle", default: 0.05, min: 0, max: 1, unit: "weight", effect: "One cycle may move a weight, a threshold or a trust further.", source: "learning.md §6" },
  "cycle.bound.prior": { group: "cycle", default: 0.25, min: 0, max: 3, unit: "log odds", effect: "One cycle may move what it holds of a kind of proposal further.", source: "chosen: at a certainty of .5 as far as the .05 of a threshold, and a little more" },
  "cycle.bound.halfLife": { group: "cycle", default: 1.25, min: 1.01, max: 4, unit: "factor", effect: "One cycle may move a half-life further.", source: unmeasured },
  "cycle.expiry.days": { group: "cycle", default: 14, min: 1, max: 365, unit: "days", effect: "Proposals wait longer for a decision.", source: unmeasured },
  "cycle.remember.days": { group: "cycle", default: 30, min: 0, max: 3650, unit: "days", effect: "What was declined is not proposed again for longer.", source: unmeasured },
  "cycle.harm.threshold": { group: "cycle", default: 10, min: 2, max: 10000, unit: "evidence (e-value)", effect: "A cycle is rolled back by itself later.", source: "learning.md §6: a harmless cycle is rolled back at most once in ten" },
  "cycle.promote.alpha": { group: "cycle", default: 0.05, min: 0.001, max: 0.5, unit: "probability", effect: "New weights are put in force on less evidence.", source: "chosen: one false promotion in twenty, over all that are ever tried" },
  "cycle.lease.seconds": { group: "cycle", default: 60, min: 5, max: 3600, unit: "seconds", effect: "A cycle whose server died is found later.", source: unmeasured },
  "cycle.precision": { group: "cycle", default: 0.5, min: 0.1, max: 0.99, unit: "share of the decided", effect: "Proposals that are declined now and then are no longer made.", source: "chosen: worth asking is what is rather accepted than not" },
  "cycle.auto.precision": { group: "cycle", default: 0.97, min: 0.5, max: 0.999, unit: "share of the decided", effect: "More has to have been accepted before such proposals apply themselves.", source: unmeasured },
  "cycle.decisions.fewest": { group: "cycle", default: 20, min: 4, max: 1000, unit: "decisions", effect: "Thresholds, trust and half-lives are learned later.", source: unmeasured },
  "cycle.reports.agreement": { group: "cycle", default: 0.01, min: 0.001, max: 1, unit: "correlation", effect: "Reports of use have to agree more before unsure evidence may move memories as far as it may at most.", source: cueBench },
  "cycle.reports.step": { group: "cycle", default: 0.4, min: 0.15, max: 3, unit: "score per standard deviation", effect: "Where reports of use agree, unsure evidence moves memories further.", source: cueBench },
  "cycle.weights.fewest": { group: "cycle", default: 100, min: 10, max: 100000, unit: "judged recalls", effect: "Weights are learned later.", source: "chosen: half of them are held out, and 50 held out are asked for" },
  "cycle.weights.ridge": { group: "cycle", default: 10, min: 0.1, max: 10000, unit: "preferences", effect: "Few preferences move the weights less.", source: unmeasured },
  "cycle.weights.overlap": { group: "cycle", default: 0.6, min: 0, max: 1, unit: "Jaccard of the first five", effect: "New weights have to show more of the same.", source: "learning.md §6" },
  "cycle.weights.effective": { group: "cycle", default: 50, min: 1, max: 100000, unit: "effective decisions", effect: "More of the log has to speak about new weights.", source: "learning.md §6" },
  "cycle.archive.accessibility": { group: "cycle", default: 0.2, min: 0, max: 1, unit: "accessibility", effect: "Memories are proposed for the archive sooner.", source: "learning.md §4" },
  "cycle.archive.belief": { group: "cycle", default: 0.6, min: 0, max: 1, unit: "probability", effect: "Memories that may well be useful are proposed for the archive, too.", source: "learning.md §4" },
  "cycle.link.fewest": { group: "cycle", default: 2, min: 1, max: 100, unit: "answers", effect: "Memories have to be used together more often before they are linked.", source: unmeasured },
  "cycle.outdated.similarity": { group: "cycle", default: 0.55, min: 0, max: 1, unit: "cosine", effect: "Only a newer memory that says nearly the same takes the place of an outdated one.", source: unmeasured },
  "safety.requestsPerMinute": { group: "safety", default: 30_000, min: 0, max: 10_000_000, unit: "requests per minute and key", effect: "A key may ask more often before it is told to wait; a sixth of it may come at once, and 0 sets no limit. People at the dashboard are not counted.", source: "chosen, not measured: more than one process answers" },
  "backup.intervalHours": { group: "backup", default: 0, min: 0, max: 8760, unit: "hours", effect: "Backups of the whole installation are made less often; 0 makes none. The first workspace's value counts.", source: "off until somebody says where the copies go; a day (24) is usual" },
  "backup.keep": { group: "backup", default: 7, min: 1, max: 1000, unit: "backups", effect: "More scheduled backups are kept before the oldest goes.", source: "chosen, not measured: a week of daily ones" },
  "epoch.first": { group: "epoch", default: 20, min: 1, max: 100000, unit: "memories", effect: "The first word statistics are taken later.", source: "chosen, not measured" },
  "epoch.growth": { group: "epoch", default: 2, min: 1.1, max: 10, unit: "factor", effect: "Word statistics are refreshed less often as the store grows.", source: design },
} as const satisfies Record<string, ParameterRow>;

export type ParameterName = keyof typeof PARAMETERS;
// The keys of a constant object are its names.
export const PARAMETER_NAMES = Object.keys(PARAMETERS) as readonly ParameterName[];

/** The values in force in one workspace. */
export type Parameters = Readonly<Record<ParameterName, number>>;

const defaults = Object.fromEntries(PARAMETER_NAMES.map((n) => [n, PARAMETERS[n].default]));
// Every name is mapped.
export const DEFAULTS = defaults as Parameters;

export const isParameterName = (name: string): name is ParameterName => Object.hasOwn(PARAMETERS, name);

/** Defaults overlaid with what was tuned; anything else that is stored under another name is left out. */
export function parametersFrom(tuned: ReadonlyMap<string, number | string | boolean>): Parameters {
  const values = [...tuned].filter(([name, value]) => isParameterName(name) && typeof value === "number");
  return { ...DEFAULTS, ...Object.fromEntries(values) };
}

/** Fixed by a definition or by the form of stored data; changing one needs a migration, so they are not tunable. */
export const CONSTANTS = {
  fnvOffset: 0x811c9dc5,
  fnvPrime: 0x01000193,
  mixPrime: 0x45d9f3b,
  halfWord: 16,
  /** 2³². */
  word: 4_294_967_296,
  /** The largest number that a signed byte can be, up and down. */
  signedByte: 127,
  reliabilityBins: 10,
  /** Outcomes from which a logistic curve, and from which steps are fitted to what was expected. */
  plattFrom: 50,
  isotonicFrom: 1000,
  plattRounds: 50,
  /** A single logged decision counts for at most so many of the policy in question. */
  weightCap: 20,
  /** 6/π²: 1/Σ1/j². */
  baselSum: 0.6079271018540267,
  /** Φ(z) ≈ σ(1.702·z), off by at most .01. */
  logisticForNormal: 1.702,
  /** Results that two rankings are compared by. */
  firstFive: 5,
  /** Results that nDCG and MRR look at. */
  firstTen: 10,
  /** Weights stay within so many times their default, up and down. */
  weightRange: 2,
  /** Days after a cycle on which its effect is measured. */
  firstWatchDay: 1,
  lastWatchDay: 7,
  /** Draws that a probability under exploration is counted from. */
  explorationDraws: 40,
  /** Keeps a division by weights that are all switched off finite. */
  tiny: 1e-9,
  millisPerDay: 86_400_000,
  millisPerMinute: 60_000,
  /** One observation in the ledger's integer unit. */
  micro: 1_000_000,
  /** F = 19/81 makes accessibility .9 at t = S: (1 + 19/81)^(−1/2) = .9 (FSRS-4.5's forgetting curve). */
  forgettingFactor: 19 / 81,
  forgettingExponent: -0.5,
  /** Two-sided 90 % of the normal distribution. */
  intervalZ: 1.6449,
  /** Two-sided 95 %. */
  interval95Z: 1.96,
  /** Below this, a Beta posterior's mean is too near 0 or 1 for the normal form of its interval. */
  middle: 0.5,
  daysPerYear: 365.25,
  daysPerMonth: 30.44,
  daysPerWeek: 7,
  /** Words of a typical memory; stands in until an epoch has measured the workspace's own. */
  typicalLength: 12,
  /** Neighbours up to this many turns away are a memory's context; they are its declared ranking neighbours (law 5). */
  contextTurns: 2,
  /** Words of the longest name that is looked for in a question. */
  longestName: 6,
  /** Names of one memory that connect it to others. */
  mostEdges: 20,
  /** A name in so few memories connects them in a store of any size. */
  smallestHub: 3,
  /** Two names that are mentioned together so many times as often as by chance are tied in full (learning.md §5). */
  fullLift: 3,
  /** Letters of what is said of two entities; longer ones are cut. */
  longestRelation: 48,
  /** Activation below this is dropped, which bounds how many memories a name leads to. */
  leastActivation: 0.01,
  /** Stored vectors were made of passages of this length; texts up to `shortTextWords` have none but their own. */
  passageWords: 20,
  shortTextWords: 25,
  mostPassages: 64,
  maxContentBytes: 8192,
  maxBatch: 1000,
  bytesPerKilobyte: 1024,
  /** A batch of 1,000 ordinary memories has about this size; import has no limit. */
  maxBodyBytes: 262_144,
  /** Letters before a word that tell whether a sentence begins with it. */
  sentenceStartReach: 6,
  /** Words of a text among which its subject is named. */
  subjectWithin: 3,
  /** Telling words after a negation that it denies. */
  negationReach: 3,
  /** Rarity at which what only one of two texts says counts for half: two words as rare as can be. */
  halfRarity: 2,
  /** Words of the longest value of an attribute, of the longest label before one, and of the longest value after a label. */
  longestValue: 12,
  longestLabel: 6,
  longestLabelled: 3,
  /** Share of a memory's words from which a claim is all that it tells of. */
  wholeClaim: 0.6,
  /** Telling words that two texts may differ in and still be one and its denial. */
  denialDiffering: 1,
  /** How sure it is that another value of one attribute replaces the earlier one, and what words of change add. */
  slotCertainty: 0.75,
  newsCertainty: 0.2,
  /** Telling words that a sentence may lack in a merged text and still count as said there. */
  mergeLacking: 1,
  /** Shares from which numbers, denials and the order of what is shared keep two texts apart. */
  guardValues: 0.3,
  guardDenied: 0.3,
  guardRoles: 0.5,
  /** Places of a MinHash signature, and how many of them make one band. */
  minHashes: 128,
  minHashRows: 4,
  /** Words in a row at which what only one of two texts says counts for half of a clause of its own. */
  halfClause: 3,
  /** Letters; shorter words ("is", "of") are in every text. */
  shortestTellingWord: 4,
} as const;

/**
 * How sure it is that two texts say the same, in log odds: fitted by logistic regression on the dev halves of MRPC, SICK and STS
 * together (pairs that a guard stops left out, ridge 3·10⁻⁶). `npm run bench -- --only consolidation` fits it anew on four fifths at a
 * time and prints what that reaches on the fifth left out.
 */
export const PAIR_SCORE = {
  offset: -12.35,
  weights: {
    cosine: 15.61,
    rare: 1.43,
    rareContainment: 1.88,
    sequence: 3.2,
    length: -5.38,
    swapped: 1.65,
    added: 6,
    clause: -3.48,
    values: -2.45,
    names: 0.17,
    moreValues: -0.26,
    negation: -2.91,
    roles: -5.61,
    "cosine*added": -15.22,
    "length*added": 11.71,
    "added*roles": 10.94,
  },
} as const;
