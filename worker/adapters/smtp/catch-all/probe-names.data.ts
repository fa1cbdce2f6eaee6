// What made-up names are made of: first names that people have, and pieces of surnames that read like one and are nobody's together.
// Their numbers are powers of two, so that each name is as likely as any other.
const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** 128 */
export const FIRST_NAMES = words(`
  adam agnes alan albert alice amelie andrea anita anna anton arthur astrid barbara beatrice ben bernard birgit boris bruno camille
  carla carlos caroline cecilia charles chris clara claudia conrad daniel david diana dominic dora edgar edith edward elena elisa elizabeth
  emil emma eric erika esther eva felix fiona florian francis frank frederic gabriel george gerard gloria greta hanna harald heidi helen
  henry hugo ida igor ingrid irene isabel ivan jacob james jana jason jennifer jessica joan joel john jonas joseph judith julia karen
  karl katarina kevin klara laura lena leo linda lisa louis lucas lucia magnus marco maria mark marta martin matthew michael monica
  nadia nina norbert oliver oscar pamela patrick paul peter philip rachel ralph rebecca richard robert rosa samuel sandra sara simon
  sonia stefan susan teresa
`);
/** 64 */
export const SURNAME_BEGINNINGS = words(`
  alm ander arn asp berg birk blom bock brand brink brun dal dorn eber eden edel eik elm ester falk fern fors frem gall gard glen gran
  grim hag hall harr hede hell hof holm horn kall kars kling kron lang lind lund mark mell mor nor oster palm quill rav ring rosen
  sand sel sil skog sol stal sten sund tall thor ulm
`);
/** 16 */
export const SURNAME_MIDDLES = words('a ar eb el en er es i in is o ol on or ul un');
/** 32 */
export const SURNAME_ENDINGS = words(`
  bach bakken beck bergen blad borg brook bury dahl feldt field ford gren hoff holt hurst kvist lander ley mann mark mere qvist ridge
  sen stad strand strom thal vold wick worth
`);
