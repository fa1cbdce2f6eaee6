// Local parts that belong to a task or a group and not to a person, by language; words that may stand beside them; and names
// that nobody reads. Written without separators: `no-reply`, `no.reply` and `noreply` are one entry. First names and
// surnames have no place here, however well they would fit (`mark`, `bill`, `frank`).
const words = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(' '));

export const ROLE_NAMES: Readonly<Record<string, readonly string[]>> = {
  /** RFC 2142 */
  standard: words(
    'info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp',
    'list listmaster request owner administrator admin root mailerdaemon daemon nobody devnull null',
  ),
  english: words(
    'about academy accessibility account accounting accounts accountspayable accountsreceivable ads advertise advertising affiliate affiliates',
    'alert alerts all allstaff alumni analytics announce announcements answers api app applications apply appointments archive archives audit',
    'backoffice backup billing blog board booking bookings bookkeeping branch brand bugs build business businessdevelopment buy buyer buyers',
    'calendar callcenter campaign campaigns cancel career careers cart catering ceo cfo charity checkout chiefexecutive cio claims client',
    'clients clientservices club clubs cmo collections comments commercial committee communication communications community complaint complaints',
    'compliance conference contact contacts contactus content controller cookies coo copyright corporate council courses creative credit',
    'creditcontrol crew cs cto customer customercare customerrelations customers customerservice customerservices customersupport',
    'data dataprotection dataprivacy dealers debug delivery demo deploy design designer dev develop developer developers development devops',
    'digital director directors discuss dispatch dispute disputes distribution dmarc dmca dns docs domain domains donate donations dpo',
    'ebay ecommerce editor editorial editors education ehs elections email emergency employment engineering enquiries enquiry error errors',
    'estimates estimating events everybody everyone example exec executive executives expenses experience export',
    'facilities facility faculty faq fax feedback finance finances fleet forms forum founder founders franchise fraud friends frontdesk fundraising',
    'game games gdpr general generalmanager gifts github gitlab giving grants group groups guest guestrelations guestservices',
    'hello help helpdesk helpline hey hi hiring hire home hospitality hotline house housekeeping hr humanresources',
    'ideas imap import inbound inbox incoming info1 information informations inquiries inquiry insurance intern internal international internet',
    'internships inventory investor investorrelations investors invoice invoices invoicing ir it itdepartment itservice itsupport',
    'jobs joinus junk keyaccounts lab labs lead leads learn learning legal letters library licence license licensing listowner live loans login logistics logs',
    'mail mailbox mailer mailing mailinglist mailman mails main maintenance management manager managers managingdirector marcom market marketplace',
    'media member members membership memberships merchandise merchandising merchant merchants message messages mis mobile moderator',
    'monitor monitoring mysql network networking newaccounts newbusiness newsletter newsletters newsroom notice notices notification notifications notify ns',
    'offers office officemanager offices oncall online onlineshop operations operator opportunities ops optout order orders orga outbound outreach',
    'parents partner partners partnership partnerships parts patients payable payables payment payments payroll people permissions personnel phish phishing photos',
    'php planning plans policy pop pop3 portal post postbox pr practice president press pressoffice pricing principal print printer printing',
    'privacy privacyofficer procurement producer product production products program programs project projects promo promos promotion promotions property proposals',
    'public publications publicity publicrelations publishing purchase purchases purchasing qa quality query questions quote quotes quotations',
    'radio realestate receipts receivables reception receptionist recruit recruiter recruiters recruiting recruitment referrals refunds register registrar registration',
    'registrations registry relations remittance remove renewals rental rentals repair repairs replies reply report reporting reports requests research',
    'reservation reservations resources responder response restaurant retail returns reviews risk rma rsvp',
    'safety sales1 salesteam scan scanner scheduling scholarships school schools sciences script secretary server servers service servicedesk services',
    'shareholders shipping shop signup smtp social socialmedia software solutions spam spamreport spamreports speakers sponsor sponsors sponsorship sport sports ssl ssladmin',
    'staff statement statements status stock stockist store stores strategy student students studentservices studio submissions submit subscribe subscriber',
    'subscriptions subscription suggestions supplier suppliers supply supportteam surveys survey sys sysadmin sysadmins sysop system systems',
    'tax team teams tech technical technicalsupport techsupport technology telecom temp test tester testers testing tests thankyou theoffice tickets tips tour tours trade',
    'trademark trading traffic training transport travel treasurer treasury trustees tv undisclosedrecipients unsubscribe update updates upload user',
    'username users vendor vendors vicepresident video visit visitors voicemail volunteer volunteers vp warehouse warranty web webadmin webdev webdesign website websites webteam welcome',
    'wholesale win wordpress work worldwide writers youraccount',
    'ar ap csr dba hq soc sre ux yourname youremail noemail asdf',
  ),
  german: words(
    'abo abrechnung abteilung anfrage anfragen anmeldung ansprechpartner auftrag auftraege ausbildung auskunft beratung bestellung bestellungen betreuung',
    'betrieb betriebsrat bewerbung bewerbungen bibliothek buchhaltung buchung buchungen buero büro datenschutz datenschutzbeauftragter disposition einkauf empfang',
    'entwicklung fakturierung feuerwehr finanzen freunde gemeinde geschaeftsfuehrung geschäftsführung geschaeftsleitung geschaeftsstelle hausverwaltung hilfe immobilien impressum',
    'information jugend kanzlei karriere kasse kita kontakt kontor kunden kundenbetreuung kundendienst kundenservice kuendigung kündigung lager leitung lieferanten logistik lohn',
    'mahnung mahnwesen mitglieder mitgliederverwaltung nachricht notfall oeffentlichkeitsarbeit personal personalabteilung personalwesen post poststelle praxis presse pressestelle produktion projekte',
    'rechnung rechnungen rechnungseingang rechnungswesen redaktion reklamation reservierung reservierungen rezeption schule schulung sekretariat seminare service spenden',
    'stadt stellen stellenangebote steuern technik termin termine training veranstaltungen verein verkauf versand versicherung vertrieb vertriebsinnendienst verwaltung vorstand webmaster werbung werkstatt zentrale',
  ),
  french: words(
    'accueil achat achats actualites administratif adhesion adherents agence annonces assistance atelier boutique bureau candidature candidatures carrieres clients clientele',
    'commande commandes commercial comptabilite compta compte comptes communication conseil contactez courrier courriel devis directeur direction directiongenerale dons donnees donneespersonnelles dpd ecole emploi',
    'equipe evenements export facturation factures fournisseurs formation formations gestion informatique infos inscription inscriptions juridique livraison location logistique mairie magasin',
    'moderateur paie partenaires partenariat partenariats personnel presse presidence production publicite qualite question questions recrutement reclamation reclamations redaction',
    'reservation reservations ressourceshumaines responsable rgpd rh sav scolarite secretaire secretariat securite service serviceclient serviceclients siege stage stages tresorier vente ventes viescolaire',
  ),
  spanish: words(
    'administracion administrador admisiones agencia almacen asesoria atencion atencionalcliente atencioncliente ayuda bolsadetrabajo buzon calidad cliente clientes cobranza cobranzas comercial compras comunicacion',
    'comunicaciones consultas contabilidad contacto contactenos contratacion correo cotizaciones cursos denuncias desarrollo direccion empleo empleos empresa encargado envios escuela eventos facturacion facturas finanzas formacion gerencia',
    'gerente hola informacion informes informatica ingenieria inscripciones legal logistica mantenimiento marketing mercadeo mercadotecnia noticias oficina operaciones pagos pedidos personal postventa prensa presidencia presupuesto presupuestos privacidad produccion',
    'protocolo proveedores publicidad quejas recepcion reclamaciones reclamos recursoshumanos redaccion registro reservas rrhh rechum secretaria seguridad seleccion servicio servicioalcliente serviciocliente servicios servicliente sistemas soporte sugerencias suscripciones',
    'taller talento talentohumano tesoreria tienda trabajo turismo ventas viajes web',
  ),
  italian: words(
    'acquisti agenzia amministrazione annunci archivio assistenza assistenzaclienti assistenzatecnica attivita biblioteca biglietteria candidature clienti commerciale comune comunicazione comunicazioni condominio contabilita contatti contatto corsi curriculum direttore direttivo direzione',
    'eventi fatturazione fatture fornitori formazione gestione iscrizioni lavoro lavoraconnoi legale logistica magazzino manutenzione negozio notizie offerte officina ordini ospiti pagamenti personale posta postacertificata preventivi prenota prenotazione prenotazioni presidenza presidente privacy produzione',
    'progetti protocollo pubblicita qualita reclami redazione reclutamento responsabile ricambi ricerca richieste risorseumane scuola segnalazioni segreteria selezione servizi servizio servizioclienti sicurezza sindaco sistemi sito soci spedizioni stampa statistiche studio supporto tecnico tesoreria ufficio ufficiostampa ufficiotecnico urp vendita vendite',
  ),
  dutch: words(
    'aanmelden aanvraag aanvragen administratie afspraak afspraken archief balie bedrijf beheer bestelling bestellingen bestuur bezorging boekhouding boekingen debiteuren crediteuren directie donateurs evenementen facturatie facturen financien gemeente',
    'helpdesk huisarts informatie inkoop inschrijven inschrijving inschrijvingen kantoor klachten klant klanten klantenservice klantcontact kwaliteit ledenadministratie leden leerlingen leverancier logistiek magazijn makelaar medewerkers nieuws nieuwsbrief onderhoud',
    'opleiding opleidingen penningmeester personeel personeelszaken planning pers praktijk productie receptie reclame redactie reserveren reserveringen salarisadministratie school secretariaat secretaris solliciteren sollicitatie sollicitaties stichting storing training vacature vacatures veiligheid verhuur verkoop vereniging voorzitter vragen vrijwilligers werkplaats werkenbij winkel zorg',
  ),
  polish: words(
    'administracja administrator archiwum bezpieczenstwo biuro bok dostawa dyrekcja dyrektor faktura faktury finanse firma handel handlowy hurt iod informacja informacje kadry kancelaria kasa klient klienci konsultant kontakt ksiegowa ksiegowosc',
    'kursy logistyka magazyn marketing media naprawa obsluga obslugaklienta oferta oferty ogloszenia platnosci poczta pomoc praca prasa prezes produkcja projekty promocja przetargi recepcja redakcja rejestracja reklama reklamacje rekrutacja rezerwacja rezerwacje rodo rozliczenia',
    'sekretariat serwis sklep sprawy sprzedaz sklepy szkola szkolenia techniczny turystyka uslugi windykacja wsparcie wspolpraca wycena wydarzenia zakupy zamowienia zapytania zapytanie zarzad zwroty',
  ),
  portuguese: words(
    'administracao administrativo agencia agendamento ajuda almoxarifado apoio apoioaocliente assessoria assistencia assistenciatecnica atendimento atendimentoaocliente auditoria biblioteca boletos cadastro candidaturas cliente clientes cobranca comercial compras comunicacao condominio contabil contabilidade contas contato contatos contacto',
    'coordenacao cotacao cotacoes cursos departamento dep depto desenvolvimento diretoria direcao direccao diretor duvidas encomendas encarregado engenharia entregas escola escritorio estoque eventos expedicao faleconosco faturacao faturamento financeiro fiscal formacao fornecedores geral gerencia gerente imprensa informacao informacoes informatica infraestrutura',
    'juridico licitacao licitacoes logistica loja manutencao matriculas nfe notafiscal notasfiscais orcamento orcamentos ouvidoria pagamentos pedidos posvenda presidencia prefeitura producao projetos publicidade qualidade reclamacoes recepcao recrutamento recursoshumanos redacao reservas rh sac secretaria seguranca selecao servicos sindicato sistemas sugestoes suporte tecnica tecnologia tesouraria trabalheconosco turismo vagas venda vendas',
  ),
  nordic: words(
    'administrasjon administration bestilling bestillinger booking butik butikk butiken ekonomi fakta faktura fakturor foreningen forsaljning försäljning forening henvendelse hjalp hjelp inkop innkjop jobb kansli kasserer kontakt kontor kontoret kundeservice kundservice kundtjanst kundtjänst lager lagret',
    'leverantor lonn lon medlem medlemskap nyhetsbrev okonomi ordforande ordrer order personal post postmottak redaktion redaksjon regnskap rekrytering reklamation resepsjon salg salj sekretariat skole styrelse styrelsen styret stottecenter support utbildning verksted verkstad myynti asiakaspalvelu toimisto laskut hallitus tilaukset rekry',
  ),
  other: words(
    'obchod objednavky fakturace uctarna podatelna reklamace prodej kancelar recepce sekretariat reditel nabidky poptavka zakaznickapodpora ugyfelszolgalat iroda rendeles penzugy szamlazas konyveles titkarsag ertekesites',
    'satis muhasebe bilgi destek iletisim insankaynaklari kariyer rezervasyon yonetim siparis vanzari contabilitate comenzi relatiiclienti secretariat suport birou kontakti prodaja racunovodstvo zakaz zakazy otdelkadrov buh buhgalter buhgalteria priemnaya sekretar reklama kadry podderzhka klienty',
  ),
};

/** With a number behind them these are given to one person each: `student1042`, `user17`, `test3`. */
export const NUMBERED_PERSONS: readonly string[] = words(
  'user users username student students member members guest client customer employee patient subscriber visitor volunteer partner',
  'parent agent designer developer dev tester test demo example temp game games mobile login account buyer merchant trade crew',
);

/** Beside a role name these leave it a role: regions, languages, companies' parts. Two-letter country codes count as well. */
export const ROLE_QUALIFIERS: readonly string[] = words(
  'usa emea apac amer latam dach benelux nordics nordic asia africa america americas europe european world global intl international north south east west',
  'central northeast northwest southeast southwest uk eng english german deutsch deutschland germany france french spain espana italy italia brasil brazil mexico canada china japan india australia austria schweiz polska nederland',
  'berlin hamburg muenchen munich koeln frankfurt wien zurich paris lyon london manchester dublin madrid barcelona milano roma newyork nyc la sf chicago boston toronto sydney melbourne singapore dubai tokyo amsterdam',
  'online web new old main dept department desk team group staff mail email office center centre line box list bot system auto automated test prod dev stage hq company corp corporate inc gmbh ltd llc',
  'domestic export import retail b2b b2c vip press sales support service services marketing hr it and the our my for de la le les der die das et und y e',
);

/** Beginnings of local parts that nobody reads, without separators. What follows has to be a separator, a digit or the end. */
export const NO_REPLY_NAMES: readonly string[] = words(
  'noreply noreplies donotreply dontreply donotrespond noresponse noanswer autoreply autoresponder bounce bounces bounced mailerdaemon',
  'nepasrepondre neplusrepondre nereponderepas noresponder noresponda noconteste nocontestar naoresponda naoresponder nonrispondere nichtantworten keineantwort bittenichtantworten',
  'nietbeantwoorden geenantwoord nieodpowiadaj prosimynieodpowiadac svarainte svarikke ikkesvar neodpovidat neodpovidejte nevalaszoljon nuraspunde yanitlamayin unattended unmonitored',
);
