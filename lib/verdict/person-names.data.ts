// Names that people often have, in their plain letters: enough to tell a given name from a surname in most addresses of companies, and to
// know which letters follow each other in names. Not a directory: an unlisted name is read by its place.
const words = (list: string): readonly string[] => list.trim().split(/\s+/);

export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  words(`
  aaron abdul abigail adam adele adrian agata agnes agnieszka ahmed aisha akira alain alan albert alberto alejandra alejandro aleksandra
  alessandro alex alexander alexandra alexandre alexis alfred ali alice alicia alina alison amanda amelia amir amit amy ana anastasia anders
  andre andrea andreas andrei andres andrew andrzej angela anil anita anja anjali ann anna annabel anne annette annika anthony antoine anton
  antonio arjun armin arnaud arthur arturo astrid axel barbara bart bartosz beata beatrice beatriz ben benedikt benjamin bernard bernd
  bert bianca birgit bjorn bob bogdan boris bronwyn brad brandon brenda brian bridget bruce bruno camille carl carla carlo carlos carmen carol
  carolina caroline carsten catherine cecilia cedric celine charles charlotte chen chiara chris christa christian christina christine
  christoph christophe christopher cindy claire clara claude claudia colin connor craig cristina cynthia dagmar dan daniel daniela danielle
  danny dario darren dave david dawn dean deborah deepak denis dennis derek diana diane diego dieter dirk dominic dominik dominique
  donald donna doris dorota doug douglas dylan edgar edith eduardo edward elena eleanor eleni elias elin elisa elisabeth elizabeth ellen elsa
  emil emily emma emmanuel enrico eric erica erik erika ernst esther ethan eugene eva evelyn fabian fabio fatima federico felix fernanda
  fernando filip fiona florence florian francesca francesco francis francisco francois frank franz fred frederic frederik friedrich gabriel
  gabriela gary gavin george georg georgia gerald gerard gerd gianluca gilles giovanni giulia giuseppe glenn gloria gordon grace graham
  greg gregor gregory greta grzegorz guido guillaume gunter gustav hanna hannah hannes hans harald harry hassan heather hector heidi heike
  heinz helen helena helene helga henri henrik henry herbert hiroshi holger howard hugo ian ibrahim igor ines ingo ingrid irene irina
  iris isabel isabella isabelle ivan ivana jack jacek jack jackie jacob jacqueline jacques jaime jakob jakub james jamie jan jana jane
  janet janine jason javier jean jeff jeffrey jen jennifer jenny jens jeremy jerome jerry jesper jessica jesus jill jim jimmy jo joan joanna
  joao joaquin jochen joe joel johan johanna johannes john johnny jon jonas jonathan jordan jorg jorge jose josef joseph josh joshua juan
  judith julia julian juliana julie julien juliette jurgen justin justyna kai kamil karen karin karina karl karla karolina karsten
  kate katarina katarzyna katharina katherine kathleen kathryn kathy katja katrin keith kelly ken kenji kenneth kerstin kevin kim kirsten
  klaus konrad kristen kristian kristin kristina kristof krzysztof kumar kurt kyle lars laura lauren laurent lea leah lee lena leo leon
  leonardo leonie lewis liam lidia lilian lily lina linda lisa liz lorenzo louis louise luca lucas lucia lucie luciano lucy luis luisa luka
  lukas lukasz luke lynn maciej mads magda magdalena magnus mahmoud maja malcolm malgorzata manfred manuel manuela marc marcel marcin marco
  marcus marek margaret margarita maria mariana marianne marie marina mario marion marius mark marko markus marta martha martin martina
  mary massimo mateo mateusz mathias mathieu mathilde matt matteo matthew matthias maurice mauro max maxime maximilian may megan mehmet mei
  melanie melissa mia michael michaela michal michel michele michelle miguel mike mikael mike milan milena mirjam mohamed mohammed moira
  moritz muhammad nadia nadine nancy natalia natalie natasha nathan neil nicholas nick nicola nicolas nicole niels nigel niklas nikita
  nikola nikolai nils nina noah noel nora norbert nuno olaf ole olga olivia olivier oliver omar oscar oskar otto pablo paola paolo pascal
  patricia patricio patrick patrik paul paula pauline paulo pavel pawel pedro peggy per peter petr petra phil philip philipp philippe
  pierre pietro piotr priya rachel rafael rahul rainer raj rajesh ralf ralph ramon raquel raul ravi ray raymond rebecca regina renata rene
  ricardo riccardo richard rick rita rob robert roberta roberto robin rodrigo roger roland rolf roman romain ron ronald rosa rosemary ross
  roxana roy ruben rudolf russell ruth ryan sabine sabrina sally salvatore sam samantha samir samuel sandra sandeep sanjay santiago sara sarah
  sascha scott sean sebastian serena serge sergei sergio seth shannon sharon sheila shirley silke silvia simon simona simone sofia sofie
  sonia sonja sophia sydney sophie stacy stanislav stefan stefania stefanie stella stephan stephane stephanie stephen steve steven stuart sue
  sunil susan susanna susanne suzanne sven svetlana sylvia sylvie tamara tania tanja tara tatiana ted teresa terry theo theresa thibault
  thierry thomas tiago tim timo timothy tina tobias todd tom tomas tomasz tommy toni tony torsten tracy travis tristan tyler udo ulf
  ulrich ulrike ursula uwe vadim valentina valentin valerie vanessa vera veronica veronika vicky victor victoria vijay viktor vincent
  vincenzo viola virginia vivian vladimir volker walter wanda warren wayne wei wendy werner wilhelm will william wim wojciech wolfgang xavier
  yann yannick yasmin yuki yulia yuri yusuf yves yvonne zachary zoe zofia
`),
);

export const SURNAMES: ReadonlySet<string> = new Set(
  words(`
  adams allen almeida alvarez andersen anderson andersson bailey baker bakker barbosa barnes bauer baumann becker bell benitez bennett berg
  bergmann bernard bianchi black blanc bos brandt braun brooks brown bruno bruyn bryant butler campbell carlsson carter carvalho castillo
  castro chang chapman chavez chen clark clarke coleman collins colombo cook cooper costa cox cruz dahl davies davis delgado diaz dias
  dijkstra dubois dupont durand edwards eklund ellis eriksson esposito evans fernandes fernandez ferrari ferreira fischer fisher fontaine
  foster fournier fox franke fuchs fuentes garcia garnier gibson gomes gomez gonzales gonzalez graham grant gray green griffin gruber guerrero
  gupta gustafsson gutierrez haas hall hamilton hansen hansson harris harrison hartmann hayes henderson hernandez herrera hill hoffmann
  hofmann holm horvath howard huang huber hughes hunt iglesias ivanov jackson jacobs jakobsen jankowski jansen janssen jensen jimenez johansen
  johansson johnson jones jorgensen joseph juarez jung kaiser kaminski kaur keller kelly kennedy khan kim king klein knight koch kohler
  kowalczyk kowalski kozlov kraus krause krueger kruger kumar lambert lang lange larsen larsson leclerc lefebvre lehmann leroy lewandowski
  lewis liang lima lindberg lindgren lindholm lindstrom liu lopes lopez lorenz lund maier marino marques marshall martin martinez martins
  mason mayer mcdonald medina mehta meier mendes mendez mendoza mercier meyer michel miller mills mitchell molina moller moore morales moreau
  moreno moretti morgan morris mueller mukherjee muller munoz murphy murray myers nagy navarro nelson neumann nguyen nielsen nilsson nowak
  ochoa oliveira olsen olsson ortega ortiz owens palmer papadopoulos park parker patel pedersen pereira perez perkins perrin peters
  petersen peterson petit petrov pham phillips pinto popescu popov porter powell price ramirez ramos rasmussen reed reis reyes reynolds
  ribeiro ricci richards richardson richter rivera roberts robertson robinson rocha rodrigues rodriguez rogers romano romero rossi rousseau
  roux ruiz russo ryan salazar sanchez sanders santos sato sauer schaefer schafer schmid schmidt schmitt schneider scholz schreiber schroder
  schroeder schubert schulte schultz schulz schumacher schuster schwarz scott seidel shah sharma shaw silva simmons simon singh smirnov
  smit smith soares sokolov sousa souza stein stevens stewart suarez sullivan suzuki svensson szabo takahashi tanaka taylor teixeira
  thomas thompson torres tran tucker turner ueda vargas vasquez vega vieira vogel vogt volkov wagner walker wallace walsh wang ward watanabe
  watson weber webb weiss wells werner west white williams wilson winkler winter wisniewski wolf wolff wood wright wu xu yamamoto yang yilmaz
  young zhang zhao zhou ziegler zielinski zimmermann
`),
);
