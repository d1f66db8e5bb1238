"""What stands around names, and around what only looks like one: titles, family, greetings, firms, roads.

It does not know the lists of names, nor how a name is put together. All words are folded (wordlists.fold).
"""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.replace("aa", "å").split())


# A name follows, whatever it looks like.
TITLES = _set(
    "hr herr fru frk frøken mr mrs ms miss sir madam dr doktor prof familien ægteparret "
    "søskendeparret onkel moster faster"
)
GREETINGS = _set(
    "hej hejsa kære hilsen hilsner hilsnerne mvh kh vh bh dear hi hello hey regards wishes sincerely undertegnet cheers"
)
CALLED = _set(
    "hedder hed hedde kaldes kaldet kaldt navngivet navn navnet navne fornavn efternavn named "
    "called name names vedr vedrørende angående ang"
)
# Somebody: a name may follow ("mor, Camilla Holm"), and what is said of them is about a person.
PEOPLE = _set(
    "mor moren mors moder moderen mor-datter far faren faderen fader forælder søn sønnen sønner "
    "datter datteren døtrene barn barnet barnets børnene "
    "bror broren lillebror storebror halvbror søster søsteren lillesøster storesøster halvsøster "
    "tvilling tvillingen tvillinger tvillingerne "
    "mormor morfar farmor farfar bedstemor bedstefar moster faster onkel fætter kusine niece nevø "
    "svigermor svigerfar svigersøn svigerdatter "
    "stedmor stedfar stedsøn steddatter papfar papmor plejemor plejefar plejebarn plejesøn "
    "plejedatter bonusfar bonusmor kone konen "
    "hustru mand manden ægtefælle ægtefællen samlever samleveren kæreste kæresten eksmand ekskone "
    "ekskæreste ven vennen veninde "
    "veninden dreng drengen pige pigen baby babyen elev eleven elever eleverne kammerat kammeraten klassekammerat "
    "borger borgeren borgerne beboer beboeren patient patienten klient klienten bruger brugeren "
    "ansøger ansøgeren klager klageren "
    "kvinden pårørende værge værgen partsrepræsentant bisidder bisidderen kontaktperson "
    "støtteperson kollega kollegaen kollegaer "
    "kolleger leder lederen chef chefen afdelingschef afdelingsleder teamleder sektionsleder "
    "sektionschef centerchef centerleder direktør direktøren "
    "borgmester borgmesteren viceborgmester udvalgsformand formand formanden næstformand medlem "
    "byrådsmedlem sagsbehandler sagsbehandleren "
    "rådgiver rådgiveren familierådgiver socialrådgiver jobkonsulent jobkonsulenten "
    "virksomhedskonsulent konsulent konsulenten specialkonsulent "
    "chefkonsulent fuldmægtig assistent socialpædagog pædagog pædagogen pædagogmedhjælper "
    "medhjælper lærer læreren klasselærer klasselæreren dansklærer matematiklærer "
    "kontaktlærer vikar vikaren skoleleder skolelederen viceskoleleder skolesekretær sekretær "
    "souschef sygeplejerske sygeplejersken "
    "hjemmesygeplejerske sundhedsplejerske sundhedsplejersken sosu-hjælper sosu-assistent hjælper "
    "hjælperen læge lægen overlæge tandlæge "
    "tandlægen psykolog psykologen psykiater fysioterapeut ergoterapeut jordemoder tolk tolken "
    "tolkene advokat advokaten bobestyrer nabo naboen "
    "overbo underbo udlejer lejer ejer ejeren køber sælger mentor mentoren vicevært chauffør "
    "chaufføren vidne vidnet anmelder projektleder "
    "koordinator koordinatoren tillidsmand tillidsrepræsentant amr tr medarbejder medarbejderen "
    "studerende praktikant praktikanten "
    "elevens borgerens barnebarn oldemor afdøde gerningsmanden skadelidte chefen referent mødeleder "
    "arkitekt arkitekten landinspektør journalist "
    "journalisten dagplejer dagplejeren kokken gartner pedel pedellen bibliotekar vejleder "
    "vejlederen træner træneren mother father son daughter brother "
    "sister wife husband mum mom dad child teacher pupil student patient citizen colleague manager "
    "nurse doctor caseworker neighbour boss"
)
# What says that a person does or has something, right after a name that is also a word.
DOES = _set(
    "har havde er var bor boede siger sagde ringer ringede skriver skrev oplyser oplyste fortæller "
    "fortalte ønsker ønskede vil kan skal må går gik "
    "kommer kom fik får bliver blev mener mente græder slår spiser sover arbejder flytter flyttede "
    "mangler savner beder bad spørger "
    "spurgte deltager deltog sender sendte tager tog møder mødte klager klagede has is was says "
    "wants lives called læser gør kan har fylder hedder går"
)
# What stands before a name that is no person's.
NOT_BEFORE = _set(
    "sankt sct skt san saint st kong dronning prins prinsesse kejser firmaet firma virksomheden "
    "butikken forlaget restaurant "
    "café cafe hotel lokale lokalet mødelokale mødelokalet rum rummet stue stuen sal salen projekt "
    "projektet systemet program "
    "storm uvejret programmet appen app chatbotten robotten robot model modellen stormen orkanen "
    "orkan skibet færgen hunden hund katten kat hesten hest "
    "typen villa villaen sofaen sofa stolen stole reolen reol bilen bil båden skib kutteren cyklen hundene katten "
    "hvalpen hønen papegøjen maskinen printeren serveren kantinen salonen typerne mærke mærkerne bord bordet "
    "kaninen bamsen sangen filmen bogen romanen serien spillet plejehjemmet plejecentret "
    "plejecenter skolen børnehuset børnehaven vuggestuen "
    "bostedet museet kirken brand mærket modeltype type æblet rosen prisen"
)
# What stands after a name that is no person's. Endings count too (NOT_AFTER_ENDING).
NOT_AFTER = _set(
    "vej vejen gade gaden allé alle plads pladsen torv torvet stræde boulevard bulevard park parken "
    "have haven vænge vænget sti stien "
    "kvarter kaj bro bakke passage gård hospital sygehus skole skolen børnehave børnehus vuggestue "
    "bosted plejehjem plejecenter center "
    "centret hus huset kirke kirken kapel museum museet bibliotek gymnasium kollegium kollegiet "
    "hotel kro kroen café bageri bager bøfhus "
    "pizzeria grill frisør salon auto biler vvs byg tømrer el fond fonden legat legatet mindelegat "
    "mindefond pris prisen prisens minde medaljen "
    "stadion hallen arena forlag advokater advokatfirma revision ejendomme transport spedition "
    "kommune råd group gruppen holding group "
    "invest consult data syndrom syndromet sygdom disease street road avenue square school hospital "
    "foundation award ltd inc gmbh "
    "møbler møbelhus design tøj sko boghandel blomster optik cykler teknik service rengøring køkken "
    "håndbold boldklub idrætsforening & brødrene søn sønner company"
)
ROADS = _set(
    "vej vejen gade gaden alle plads pladsen torv torvet stræde boulevard have park vænge sti "
    "kvarter kaj bro bakke passage skole sygdom syndrom"
)
# Capitalised inside a sentence they are not people: months and languages.
NO_NAMES = _set("maj may april june juni juli july august danish english will mark")
SHORTENED = _set("chr fr kr joh vilh th kirst")
NOT_AFTER_ENDING = re.compile(
    r"..(?:skolen?|huset|centre?t|center|kommunen?|afdelingen?|forvaltningen?|udvalget|styrelsen?|"
    r"ministeriet|foreningen?|forbundet|"
    r"hospitalet|kirken?|biblioteket|institutionen?|børnehaven?|vuggestuen?|klubben|fonden?|"
    r"selskabet|nævnet|hjemmet|prisen|projektet|planen|"
    r"loven|vej|vejen|gaden?|gade|alle|pladsen?|torvet|parken|stræde|boulevard|stationen|systemet|gruppen|rådet)$"
)
NOUN_ENDING = re.compile(r"...(?:tion|hed|else|ning|ningen|elsen|tet)$")
FIRM_AFTER = re.compile(
    r"\s{0,2}(?:A/S|ApS|APS|I/S|P/S|K/S|IVS|AMBA|A\.m\.b\.a|Ltd|GmbH|Inc\b|AB\b|(?:&|"
    r"og)\s(?:Søn(?:ner)?|Co|Datter|Partners?)\b|&\s?[A-ZÆØÅ]|®|™)"
)
FIRM_BEFORE = re.compile(r"[A-Za-zæøå]\s?&\s?$")
# Diseases, plants, feasts, works and makes that are called by a person's name.
NOT_PEOPLE = _set(
    "ingrid-marie klods-hans flittig-lise sorte-peter santa-lucia georg-jensen royal-copenhagen "
    "bang-olufsen carl-hansen ole-lukøje fritz-hansen louis-poulsen "
    "rasmus-klump peter-plys emil-fra-lønneberg pippi-langstrømpe harry-potter ole-opfinder "
    "alfons-åberg albert-åberg marie-bregendahl marie-biscuit maria-bebudelse "
    "michael-kors calvin-klein tommy-hilfiger hugo-boss karen-volf marius-pedersen jacob-jensen "
    "daniel-wellington ralph-lauren mercedes-benz max-mara jack-jones jack-daniels jim-beam "
    "johnnie-walker "
    "johannes-fog harald-nyborg louis-nielsen anton-berg carl-ras ejner-hessel mads-nørgård "
    "peter-beier peter-justesen ole-lynggård brødrene-dahl thomas-cook malene-birger clara-frijs "
    "clara-friis ben-jerry georg-stage aksel-møller per-aarsleff per-års per-capita per-se "
    "peter-larsen"
)
AGE_AFTER = re.compile(r"(?:,| \(|\s)\s?(?:på |er |f(?:ødt|\.) )?[0-9]{1,2}[ -](?:år|mdr|måneder|uger|years?)\b")
# An unknown name is one when the person's number or address follows in the same row.
DATA_AFTER = re.compile(
    r"[\s|;,(<:]{1,6}(?i:cpr|tlf|mobil|telefon|mail)?[.:\- nr]{0,8}(?:[0-9]{6}[- ]?[0-9]{4}(?![0-9])|"
    r"\+?(?:[0-9][ -]?){8,11}(?![0-9])|[\w.+-]{1,64}@)"
)
ADDRESS_CHUNK = re.compile(r"@|://|www\.|\.(?:dk|com|net|org|eu)\b")
# Capitals that are no initials.
ACRONYMS = _set(
    "ppr sfo amr bum vum kle hr it kmd kl dr tv eu fn dk usa uk bbr cvr cpr ean adhd add ptsd ocd "
    "kol mrsa dna hiv dlf bupl foa hk dsr skat atp "
    "mus tr med bl ps nb obs vigtig ok okay faq pdf url sms mms ai llm gdpr dpo ssp ptu ats iq id "
    "ip pc usb wc tlf mob vp hf hg hhx htx stx fgu "
    "eud eux uu stu akt bdo ubs fm am pm kr dkk eur mio mia stk nr ca fx evt jf pkt min max inkl ekskl bl mv osv dvs "
    "pga ift iht mht vha aub jc ydk ks asb vbo bsn bu bpa fsa fs vive ku dtu cbs ruc au sdu aau ucc "
    "kea via zbc nv kbh sv nø sø da en de og den "
    "det der til fra af på vi du jeg han hun ja nej hej der er om at så nu se lab epj emsk pn cvi "
    "cti psp bi apv erp esdh ao fo so mo sl cm km kg ml mg "
    "dl ii iii iv vi vii viii ix xi xii bnp lbk aul bek vejl udk gf tm tl sdg esg csr bim cad gis utm lar bfe dhm seg "
    "bh kh vh mvh svar re vs cc bcc sv fw fwd api csv xml html json sql vpn mfa nis iso oecd who "
    "nato un kit abc dcs ucn us eui lo fh fho rd rm rsyd rn rh md mdr år dag uge stk time mm ark "
    "sek kvt bt fc us ea "
    "spp agt srps tsb ttt mdi dkr btw hpv eeg ekg mr ct acl bmi kpi oss kbu kø ko as aps is ib ss "
    "pas ssu svf buu tmu buf saf sof tmf bif kff"
)
ACTS = (
    r"(?:har (?:lige |også |nu |selv |i dag |igen |ikke )?(?:[a-zæøå]+t|ringet|bedt|lagt|sagt|set|"
    r"fri|ferie|styr|overtaget|orlov|vagten?)|ringe(?:r|de)|siger|sagde|skriver|skrev"
    r"|oplys(?:er|te)|fort[æa]l(?:ler|te)|mener|mente|spø?u?rg(?:er|te)|følger op|tager (?:den|over|"
    r"sig|kontakt|fat|imod|mødet|referat|vagten)|sender|kommer|møder|deltager|er (?:syg|på ferie|"
    r"fraværende|ansvarlig|bedt|orienteret|mødt|kommet|enig|glad|ked|flyttet|indlagt|tilbage|"
    r"sygemeldt)|har brug|ønsker|bor|vender tilbage|kigger|laver|retter|booker|indkalder|undersøger|"
    r"afklarer|kontakter|called|says|will call)"
)
