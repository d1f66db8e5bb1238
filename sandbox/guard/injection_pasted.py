"""What a writer may well ask a model for, but a letter that was pasted has no reason to, in Danish and English.

Each form comes with words (in lower case, _ for a space) of which one must stand in the text before it is worth trying.
It does not know how one sees that a text was pasted (injection.py).
"""

from __future__ import annotations

from sandbox.guard.injection_terms import MACHINE, ORDERS, TELL

PASTED = (
    (
        r"\b(?:giv|tildel|rangér|ranger|placer|placér|rate|rank|score|bedøm|vurdér|vurder|grade|give|award|assign"
        r"|mark)\b"
        r"[^.\n]{0,60}(?:højeste|maksimal\w*|maksimum|topkarakter|10/10|100/100|5/5|10 ud af 10|nummer (?:et|1)\b"
        r"|øverst"
        r"|highest|maximum|full marks|top (?:score|marks|grade)|first\b|as the best|som den bedste)",
        "højest maksim topkar 10/10 100/100 5/5 10_ud nummer_ øverst highest maximum full_marks top_ first best bedste",
    ),
    (
        rf"\b{TELL}\w*\b[^.\n]{{0,70}}\b(?:i (?:dit|din|dine|hvert) (?:svar|resumé|referat|opsummering|vurdering"
        rf"|konklusion"
        r"|oversættelse)|in (?:your|every|each|any) (?:summary|answer|response|reply|output|assessment|translation"
        r"|evaluation|report))",
        "i_dit_ i_din i_hvert_ in_your_ in_every_ in_each_ in_any_",
    ),
    (
        r"(?:^|[.!?:\"“»>\-(\[] ?)(?:venligst |please |you must |du skal )?(?:svar|skriv|sig|reply|respond|answer"
        r"|output|say"
        r"|write)(?:e|er)? (?:kun|only|just|udelukkende|i stedet|instead|with only|only with)\b",
        "_kun _only _just udelukkende i_stedet instead",
    ),
    (
        r"\bdu er (?:nu|ikke længere) (?:en|et|ikke)\b|\byou are (?:now|no longer) (?:a|an|the|bound)\b",
        "du_er_nu du_er_ikke are_now are_no",
    ),
    (
        r"\b(?:opsummer|summari[sz]e|oversæt|translate|resumer|resumér) (?:ikke|not|i stedet|instead)\b"
        r"|\bdo not (?:summari[sz]e|translate)",
        "opsummer summari oversæt translat resum",
    ),
    (
        rf"\b{TELL}\w*\b[^.\n]{{0,70}}(?:fra|from|af|of) (?:resum\w+|opsummering\w*|the (?:summary|translation"
        rf"|assessment)"
        r"|din vurdering)",
        "_resum _opsummering the_summary the_translation the_assess din_vurd",
    ),
    (
        r"\b(?:din|your) (?:nye|new|rigtige|real|egentlige|actual) (?:opgave|rolle|instruks|task|role|job|goal|mål)\b",
        "din_ny your_new din_rig your_real din_egen your_act",
    ),
    (
        r"\b(?:stop|afbryd|cancel|abort)\w* (?:opsummer\w*|oversættelse\w*|opgaven|the (?:summary|task|translation)"
        r"|summari[sz]ing|translating|helping|reviewing)",
        "stop afbryd cancel abort",
    ),
    (
        r"\b(?:tell|ask|bed|instruct|inform|fortæl|vis|show|overtal|persuade|få|sig til|say to|meddel|oplys|warn"
        r"|advar|lov)"
        r" (?:the )?(?:user|reader|brugeren|læseren)\b"
        r"|\b(?:the )?(?:user|brugeren|sender|afsenderen) (?:is|er) (?:an? |en )?(?:admin\w*|authori[sz]ed|verified"
        r"|godkendt"
        r"|verificeret|betroet|trusted)\b"
        r"|\b(?:brugeren|the user) (?:har|has) (?:allerede |already )?(?:godkendt|givet|approved|authori[sz]ed|agreed"
        r"|consented)",
        "user reader bruger læser sender",
    ),
    (
        rf"\b(?:du har|you have) (?:nu )?(?:ikke længere|no longer|no|ingen|ikke) (?:nogen |any )?{ORDERS}"
        r"|\b(?:you have|du har(?: nu)?|here is|this is|det her er) (?:an? |en |et |your |din |dit )?(?:new|different"
        r"|ny|nyt|anden|andet)"
        r" (?:task|instructions?|role|assignment|goal|prompt|opgave|instruks|rolle|mål)\b",
        "har_ikke har_nu har_ingen have_no no_longer new_ different _ny _anden _andet",
    ),
    (
        r"\b(?:skriv|svar|sig|output|write|say|reply|respond|answer|print|return)\w*\b[^.\n]{0,25}\b(?:kun|only|just"
        r"|blot|bare|nothing but"
        r"|intet andet end) (?:med |with )?(?:ordet|ordene|sætningen|the (?:word|sentence|phrase)s?|[\"'“«]\w|ja\b"
        r"|nej\b|yes\b|no\b)",
        "_kun_ _only_ _just_ _blot_ _bare_ nothing intet",
    ),
    (
        r"\b(?:lad som om|pretend) (?:du|you|at|that)\b|(?:^|(?<=[.!?:\"“»>])|(?<=[.!?:\"“»>] ))prompt: (?:you|du|act"
        r"|write|skriv|svar|ignor)",
        "lad_som pretend prompt:",
    ),
    (
        r"\b(?:inden|før|before) (?:du|you) (?:svarer|fortsætter|opsummer\w*|går videre|answer|respond|reply|continue"
        r"|proceed|summar\w*)"
        r"\s?[:,] ?(?:skal du |bedes du |please |you must )?(?:gå ind|hent|åbn|aflever|vis|udskriv|gentag|send|ignor"
        r"|glem|go to|open|fetch"
        r"|print|show|repeat|forget|visit|besøg|klik|click)",
        "inden_du før_du before_you",
    ),
    (
        r"\b(?:fra nu af|from now on|i resten af samtalen|for the rest of (?:this|the))\b[^.\n]{0,40}\b(?:du|you|svar"
        r"|reply"
        r"|answer)\b",
        "fra_nu from_now resten_af rest_of",
    ),
    (
        r"\bdu skal (?:nu|herefter) (?:fungere|agere|optræde|handle|tale) som\b|\byou (?:will|must|shall) now (?:act"
        r"|behave"
        r"|speak|respond) as\b",
        "skal_nu skal_heref will_now must_now shall_now",
    ),
    (
        r"\b(?:ignor\w*|disregard|forget|glem|se bort fra|skip) (?:alle? |all |de |the )?(?:other|rest|remaining"
        r"|everything else"
        rf"|øvrige|andre|resten|alt andet)\b[^.\n]{{0,40}}\b(?:and|og|men|but) {TELL}",
        "other_ rest everything øvrige andre andet remaining",
    ),
    (
        # A whole conversation is nothing that people ask each other for in a letter.
        r"\b(?:send|videresend|kopi[eé]r|indsæt|upload|post|forward|e?-?mail|share|print|vis|list|gengiv|gentag"
        r"|repeat|copy)\b"
        r"[^.\n]{0,25}\b(?:samtale(?:n|historik\w*)|chat(?:ten|historik\w*| ?log\w*| history)|(?:the|this|our|entire"
        r"|whole)"
        r" (?:conversation|chat|context|transcript)|konteksten|kontekstvindue\w*|alt,? (?:hvad )?(?:brugeren|du) har)",
        "samtale chat conversation context transcript kontekst brugeren du_har",
    ),
    (
        r"\b(?:tekst(?:en)?|følgende|resten|dette|nedenstående|this|following|the rest)\b[^.\n]{0,40}\b(?:er|is"
        r"|are)\b[^.\n]{0,20}"
        r"\b(?:instruks\w*|instruktion\w*|instructions?|ordrer?|kommando\w*|orders|commands)\b[^.\n]{0,25}\b(?:til"
        r"|for|to) "
        rf"[^.\n]{{0,20}}(?:\bdig\b|\byou\b|{MACHINE}\b|model)",
        "instru ordre kommando command",
    ),
    (
        r"\b(?:afkod|dekod\w*|decode|unscramble|læs baglæns|base ?64|rot13)\b[^.\n]{0,50}\b(?:gør|følg|udfør|follow"
        r"|execute"
        r"|obey|do|run|kør)\b",
        "kod decode unscr baglæns 64 rot13",
    ),
    (
        r"\b(?:safety|security|sikkerheds?|content)\w*[ -]?(?:rules|regler(?:ne)?|filters?|filtre\w*|restrictions?"
        r"|guidelines"
        r"|checks?|kontrol\w*)?[^.\n]{0,15}\b(?:are|is|er)\b[^.\n]{0,10}\b(?:off|disabled|suspended|lifted|slået fra"
        r"|deaktiveret"
        r"|sat ud af kraft)\b",
        "safety secur sikkerhed content",
    ),
    (
        r"\b(?:hent|indlæs|åbn|kald|besøg|load|fetch|open|call|visit|request"
        r"|get)\b[^\n]{0,40}https?://[^\s)]{0,200}[?&]\w+=[^\s)]",
        "http",
    ),
    (
        # What a model is told that it is, may or can: nobody tells a person so.
        r"\b(?:du er|you are|this is) (?:nu |now )?(?:i |in )?(?:udvikler|developer|debug|admin|test|vedligeholdelses"
        r"|maintenance"
        r"|god|fri)[ -]?(?:tilstand|mode)\b|\b(?:aktiv[eé]r|slå|enable|activate|enter"
        r"|skift til) (?:the )?[\w-]{2,20}[ -]?(?:mode"
        r"|tilstand)\b(?! (?:på|i|on) (?:telefon|printer|skærm))",
        "mode tilstand",
    ),
    (
        r"\b(?:afslut|slut|begynd|indled|start|end|begin|close|underskriv) (?:alle? |hvert |every |all )?(?:dit|dine"
        r"|your) "
        r"(?:svar|resum\w+|opsummering\w*|answers?|repl(?:y|ies)|summary|response)\b|\b(?:dit|dine|your) (?:svar"
        r"|answers?|repl(?:y|ies)"
        r"|responses?) (?:skal|must|should|bør) (?:altid |always |kun |only )?(?:slutte|begynde|starte|indeholde|end"
        r"|begin|start"
        r"|contain|include)\b|\b(?:tilføj|indsæt|add|insert|append|put) [^.\n]{0,60}(?:i|til|nederst i|øverst i|to|in"
        r"|at the (?:end|top)"
        r" of) (?:dit|dine|your) (?:svar|answers?|reply|response|summary|resum\w+)",
        "dit_ dine_ your_",
    ),
    (
        r"\b(?:spil rollen som|udgiv dig for|roleplay|role-play|play the role of|act as (?:an?|if|the)|agér som"
        r"|opfør dig som)\b",
        "roll udgiv role act_as agér opfør",
    ),
    (
        r"\b(?:ignor(?:e|er|ér)|disregard|forget|glem|drop)\b (?:the |your |dit |det "
        r"|hele )?(?:stillede )?(?:question|spørgsmål)",
        "question spørgsmål",
    ),
)
