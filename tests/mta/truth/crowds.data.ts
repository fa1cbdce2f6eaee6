// Two ordinary hosts, Postfix and Exim, with more than a hundred names asked of each, to count connections. A fifth of the names is gone,
// as in a list that nobody maintained for a year.
import { at, each, type Truth } from './row';

export const CROWDS_TRUTH: readonly Truth[] = [
  ...at('postfix/crowd', [
    ...each(
      'adam.becker anna.becker bernd.becker clara.becker david.becker elena.becker felix.becker greta.becker henry.becker ivana.becker jonas.becker karin.becker lukas.becker maria.becker niels.becker olga.becker peter.becker renata.becker simon.becker teresa.becker urban.becker vera.becker walter.becker yvonne.becker',
      'crowd-mail.test',
      ['mailbox_exists', 'in the mailbox table'],
    ),
    ...each(
      'adam.carter anna.carter bernd.carter clara.carter david.carter elena.carter felix.carter greta.carter henry.carter ivana.carter jonas.carter karin.carter lukas.carter maria.carter niels.carter olga.carter peter.carter renata.carter simon.carter teresa.carter urban.carter vera.carter walter.carter yvonne.carter',
      'crowd-mail.test',
      ['mailbox_exists', 'in the mailbox table'],
    ),
    ...each(
      'adam.dubois anna.dubois bernd.dubois clara.dubois david.dubois elena.dubois felix.dubois greta.dubois henry.dubois ivana.dubois jonas.dubois karin.dubois lukas.dubois maria.dubois niels.dubois olga.dubois peter.dubois renata.dubois simon.dubois teresa.dubois urban.dubois vera.dubois walter.dubois yvonne.dubois',
      'crowd-mail.test',
      ['mailbox_exists', 'in the mailbox table'],
    ),
    ...each(
      'adam.eriksen anna.eriksen bernd.eriksen clara.eriksen david.eriksen elena.eriksen felix.eriksen greta.eriksen henry.eriksen ivana.eriksen jonas.eriksen karin.eriksen lukas.eriksen maria.eriksen niels.eriksen olga.eriksen peter.eriksen renata.eriksen simon.eriksen teresa.eriksen urban.eriksen vera.eriksen walter.eriksen yvonne.eriksen',
      'crowd-mail.test',
      ['mailbox_exists', 'in the mailbox table'],
    ),
    ...each(
      'adam.fischer anna.fischer bernd.fischer clara.fischer david.fischer elena.fischer felix.fischer greta.fischer henry.fischer ivana.fischer jonas.fischer karin.fischer lukas.fischer maria.fischer niels.fischer olga.fischer peter.fischer renata.fischer simon.fischer teresa.fischer urban.fischer vera.fischer walter.fischer yvonne.fischer',
      'crowd-mail.test',
      ['mailbox_not_found', '550 5.1.1 User unknown in virtual mailbox table'],
    ),
  ]),
  ...at('exim/crowd', [
    ...each(
      'adam.garcia anna.garcia bernd.garcia clara.garcia david.garcia elena.garcia felix.garcia greta.garcia henry.garcia ivana.garcia jonas.garcia karin.garcia lukas.garcia maria.garcia niels.garcia olga.garcia peter.garcia renata.garcia simon.garcia teresa.garcia urban.garcia vera.garcia walter.garcia yvonne.garcia',
      'bravo-crowd.test',
      ['mailbox_exists', 'a router takes it'],
    ),
    ...each(
      'adam.hoffman anna.hoffman bernd.hoffman clara.hoffman david.hoffman elena.hoffman felix.hoffman greta.hoffman henry.hoffman ivana.hoffman jonas.hoffman karin.hoffman lukas.hoffman maria.hoffman niels.hoffman olga.hoffman peter.hoffman renata.hoffman simon.hoffman teresa.hoffman urban.hoffman vera.hoffman walter.hoffman yvonne.hoffman',
      'bravo-crowd.test',
      ['mailbox_exists', 'a router takes it'],
    ),
    ...each(
      'adam.ivanova anna.ivanova bernd.ivanova clara.ivanova david.ivanova elena.ivanova felix.ivanova greta.ivanova henry.ivanova ivana.ivanova jonas.ivanova karin.ivanova lukas.ivanova maria.ivanova niels.ivanova olga.ivanova peter.ivanova renata.ivanova simon.ivanova teresa.ivanova urban.ivanova vera.ivanova walter.ivanova yvonne.ivanova',
      'bravo-crowd.test',
      ['mailbox_exists', 'a router takes it'],
    ),
    ...each(
      'adam.jensen anna.jensen bernd.jensen clara.jensen david.jensen elena.jensen felix.jensen greta.jensen henry.jensen ivana.jensen jonas.jensen karin.jensen lukas.jensen maria.jensen niels.jensen olga.jensen peter.jensen renata.jensen simon.jensen teresa.jensen urban.jensen vera.jensen walter.jensen yvonne.jensen',
      'bravo-crowd.test',
      ['mailbox_exists', 'a router takes it'],
    ),
    ...each(
      'adam.kowalski anna.kowalski bernd.kowalski clara.kowalski david.kowalski elena.kowalski felix.kowalski greta.kowalski henry.kowalski ivana.kowalski jonas.kowalski karin.kowalski lukas.kowalski maria.kowalski niels.kowalski olga.kowalski peter.kowalski renata.kowalski simon.kowalski teresa.kowalski urban.kowalski vera.kowalski walter.kowalski yvonne.kowalski',
      'bravo-crowd.test',
      ['mailbox_not_found', '550 Unrouteable address'],
    ),
  ]),
];
