/** Words that carry no fact of their own: they differ between texts that say the same. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can could d did do does doing
  down during each else for from further had has have having he her here hers herself him himself his how i if in into is it its itself just ll m
  me might more most must my myself of off on once one only or other our ours ourselves out over own re same shall she should so some such t than that the
  their theirs them themselves then there these they this those through to too under until up us ve very was we were what when where which while who
  whom whose why will with would yet you your yours yourself someone somebody something anyone there`.split(
    /\s+/u,
  ),
);

export const NEGATIONS: ReadonlySet<string> = new Set(
  "not no n't n’t never none nobody nothing neither nor without cannot hardly".split(" "),
);

export const MONTHS_AND_DAYS: ReadonlySet<string> = new Set(
  `january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun`.split(
    /\s+/u,
  ),
);

export const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  `two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty`
    .split(" ")
    .map((word, i) => [word, String(i + 2)]),
);

const PAIRS = `up|down;increase rise climb gain grow raise jump|decrease fall drop decline lose sink slip reduce lower;open|close shut;on|off;before|after;buy purchase|sell;
like love enjoy|dislike hate;start begin|stop end finish quit;accept approve agree|reject refuse decline disagree;win|lose;left|right;more|less fewer;enable allow permit|disable deny forbid ban;
hot warm|cold cool;big large huge tall|small little tiny short;first|last;always|never rarely;full|empty;clean|dirty;remember|forget;arrive come enter|leave exit go;add|remove delete;
early|late;high|low;old|young new;morning|evening night;sit|stand;wet|dry;push|pull;true|false;inside indoor|outside outdoor;quickly fast quick|slowly slow;man boy male he|woman girl female she;
husband|wife;brother|sister;mother mom|father dad;son|daughter;black dark|white light bright;above over|below under;north|south;east|west;success succeed|failure fail;
healthy|sick ill;happy|sad unhappy;cheap|expensive;single|married;present|absent;pass|fail;safe|dangerous;awake|asleep;alive|dead;strong|weak;easy|hard difficult;
wear|remove;put|take;give|take;lend|borrow;near close|far;loud|quiet;sunny|rainy;vegetarian vegan|meat;employed|unemployed;better|worse;best|worst;positive|negative;public|private`;

/** Words that mean the opposite: general, small, and not made from any data set. */
export const ANTONYMS: readonly (readonly [readonly string[], readonly string[]])[] = PAIRS.replace(
  /\n/gu,
  "",
)
  .split(";")
  .map((pair) => {
    const [left = "", right = ""] = pair.split("|");
    return [left.trim().split(" "), right.trim().split(" ")];
  });
