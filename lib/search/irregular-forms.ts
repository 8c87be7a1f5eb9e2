/**
 * Forms that no rule leads back to their word ("went", "children"), which a stemmer therefore leaves apart. Forms that are
 * more often another word ("rose", "wound", "lives") are left out. Each group: the forms, then the word.
 */
const GROUPS = `went gone go|bought buy|brought bring|caught catch|taught teach|thought think|fought fight|sought seek|ate eaten eat|drank drunk drink|
began begun begin|sang sung sing|swam swum swim|ran run|rang rung ring|came come|became become|overcame overcome|gave given give|took taken take|
mistook mistaken mistake|shook shaken shake|wrote written write|drove driven drive|rode ridden ride|risen rise|spoke spoken speak|broke broken break|
chose chosen choose|froze frozen freeze|stole stolen steal|woke woken wake|wore worn wear|tore torn tear|swore sworn swear|saw seen see|knew known know|
grew grown grow|threw thrown throw|flew flown fly|drew drawn draw|withdrew withdrawn withdraw|blew blown blow|shown show|fell fallen fall|felt feel|
kept keep|slept sleep|swept sweep|wept weep|crept creep|left leave|lost lose|meant mean|met meet|paid pay|said say|sold sell|told tell|sent send|
spent spend|lent lend|bent bend|built build|stood stand|understood understand|sat sit|won win|held hold|heard hear|found find|led lead|made make|
got gotten get|forgot forgotten forget|hid hidden hide|bit bitten bite|shot shoot|stuck stick|struck strike|hung hang|dug dig|fed feed|bred breed|lit light|
slid slide|spun spin|swung swing|dealt deal|dreamt dream|learnt learn|burnt burn|knelt kneel|leapt leap|
children child|people person|men man|women woman|feet foot|teeth tooth|mice mouse|wives wife|knives knife|better best good|worse worst bad`;

const WORDS = new Map(
  GROUPS.replace(/\n/gu, "")
    .split("|")
    .flatMap((group) => {
      const forms = group.split(" ");
      const word = forms.pop() ?? "";
      return forms.map((form) => [form, word] as const);
    }),
);

/** The word of an irregular form in lower case; any other word is its own. */
export const wordOf = (form: string): string => WORDS.get(form) ?? form;
