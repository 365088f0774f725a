"""What stands on a first page and is not of the paper: banners, running heads, logos, kinds of article, notices."""

import re
from collections.abc import Sequence
from functools import lru_cache

from readinglist.domain.titles import fold_title

# A line with one of these is no part of a title, whatever its type.
NOTICE = re.compile(
    r"""
    ^\W*published\s+(?:as|in|by|online|at|under)\b
    | ^\W*(?:to\s+appear|accepted|submitted|appeared)\s+(?:at|in|to|for|as|by)\b
    | \bunder\s+(?:double[- ]blind\s+)?review\b | ^\W*preprint\W*(?:$|under|submitted|version|\d)
    | ^\W*(?:pre-?print|post-?print|draft|manuscript)\W*$
    | \bconference\s+paper\s+at\b | ^\W*proceedings\s+of\b | ^\W*in\s+proceedings\b | \bISSN\b | \bISBN\b
    | \bcontents\s+lists?\s+available\b | \bjournal\s+homepage\b | \bavailable\s+online\b | ^\W*vol(?:ume|\.)?\s*\d
    | \bsee\s+discussions,\s+stats | \bHAL\s+(?:Id|is\s+a|open)\b | \bstable\s+url\b | \bdownloaded\s+(?:from|by|on)\b
    | \b(?:all\s+)?rights\s+reserved\b | ©|\bcopyright\s+(?:\(c\)|©|held|by|matters|\d)
    | \blicen[cs]ed?\s+under\b | \bcreative\s+commons\b
    | \barXiv\s*:\s*\S*\d | \bdoi\b\s*[:.]|\bdoi\.org\b | https?://|\bwww\.|\.(?:com|org|edu|net)(?:/|\b)
    | \S@\S+\.\w
    | ^\W*(?:received|revised|accepted|published|submitted|date)\b(?:\s+(?:on|in|date|online))?\W*
        (?:\d{1,2}\W+)?(?:[a-z]{3,9}\W+)?\d
    | ^\W*(?:to\s+cite\s+this|how\s+to\s+cite|cite\s+this|please\s+cite|citation\s*:) | ^\W*view\s+the\s+article\b
    | ^\W*(?:correspond(?:ing\s+author|ence)|e-?mail|tel|fax|phone|address|keywords?|key\s+words
        |index\s+terms)\b\s*[:：.—*]
    | ^\W*communicated\s+by\b | ^\W*edited\s+by\b | ^\W*handling\s+editor\b | ^\W*academic\s+editor\b
    | \b(?:technical|research|internal|working)\s+(?:report|paper)\s*(?:no\.?\s|number|series|[#\d])
    | ^\W*(?:author|authors)\s*\(?s?\)?\s*: | ^\W*source\s*: | ^\W*pages?\s+\d | ^\W*page\s+\d+\s+of
    | ^\W*[-–—]?\s*\d+\s*[-–—]?\W*$ | ^\W*(?:ISO|DOI|UDC|MSC|PACS|JEL)\b\s*[:\d]
    | \baccepted\s+manuscript\b | \bauthor'?s?\s+(?:version|manuscript|copy|personal\s+copy)\b
    | \bthis\s+(?:article|paper|version|work|publication|is)\b.{0,60}
        \b(?:available|published|appears|version|licen|open|may\s+be)\b
    | 中图分类号|分类号|学校代码|文献标识码|文章编号
    """,
    re.IGNORECASE | re.VERBOSE,
)
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
# The whole of a line: kinds of article and of document.
KIND = re.compile(
    rf"""\W*(?:
    (?:original|research|review|regular|full(?:-length)?|short|invited|survey|technical|brief|rapid|feature|special|
       scientific|data|conference|academic|open)?[\s-]*
      (?:article|paper|report|communication|note|letter|review|research|survey|contribution|access)s?
      (?:\s*[•·|:]?\s*open\s+access)?
    | open\s+access | articles?\s+in\s+press | editorial | commentary | perspectives? | opinion | correspondence
    | erratum | corrigendum | viewpoint | tutorial | case\s+(?:report|study) | methodology(?:\s+article)?
    | software(?:\s+article)?
    | letters?\s+to\s+the\s+editor | abstract | contents | table\s+of\s+contents | summary | highlights | introduction
    | (?:a\s+)?(?:master'?s?|ph\.?\s?d\.?|doctoral|bachelor'?s?|diploma|honou?rs|licentiate)
        \s*(?:of\s+\w+\s*)?(?:thesis|dissertation|project)?
    | thesis|dissertation|(?:bachelor|master|diplom|doktor|magister|haus|seminar|fach|studien)-?arbeit
    | inauguraldissertation
    | th[èe]se(?:\s+de\s+doctorat)?|m[ée]moire|tesis(?:\s+doctoral)?|tese|disserta[çc][ãa]o|tesi(?:\s+di\s+laurea)?
    | slides? | lecture\s+notes? | poster | white\s*paper | user'?s?\s+(?:guide|manual) | version\s+[\d.]+
    | draft
    | (?:{MONTHS})\W+\d.*
    | \d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTHS}).*
    | zusammenfassung|r[ée]sum[ée]|resumen|resumo|riassunto|摘\s*要|要\s*旨|目\s*次|目\s*录|论\s*文|論\s*文
    | \S{{0,14}}?(?:学位论文|毕业论文|毕业设计|学位論文|博士論文|修士論文|卒業論文)
    | 原著|总说|綜述|综述
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)
PERIODICAL = re.compile(
    r"""^\W*(?:the\s+)?(?:(?:international|european|american|british|asian|chinese|canadian|indian|open)\s+)?
    (?:journal|transactions|proceedings|annals|bulletin|archives?|acta|revista|revue|rivista|zeitschrift|magazine|lecture\s+notes)\b
    | \b(?:journal|transactions|proceedings|magazine|quarterly|annals)\s*$ | ^(?:\w+\W+){1,3}letters\s*$
    | ^(?:\w+\W+){0,6}(?:journal|transactions|proceedings)\s+(?:of|on|for|in)\b | 学报|學報|杂志|雑誌|期刊""",
    re.IGNORECASE | re.VERBOSE,
)
# Beside a name, these show that it is the name of a periodical: 2014, 6, 61-75 · (2023) 28:132 · Vol. 7.
ISSUE = re.compile(
    r"\(?(?:19|20)\d\d\)?\s*[,;:]?\s*(?:vol\.?\s*)?\d{1,4}\b|\bvol(?:ume|\.)?\s*\d|\bno\.\s*\d|\bISSN\b|\bpp\.\s*\d|\d\s*\(\d+\)\s*[:,]|\b\d{1,4}\s*\((?:19|20)\d\d\)",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"""\b(?:univ(?:ersit\w*|\.)|institut\w*|dep(?:artment|artement|artamento|t\.?)|facult\w*|fakult\w*|school|college|laborator\w*|labs?
    |centre|center|centro|academ\w*|hospital|clinic|ministry|foundation|corporation|inc|ltd|llc|gmbh|company|agency|council
    |observatory|polytechni\w*|politecnico|hochschule|lehrstuhl|[ée]cole|research\s+(?:group|unit|division)|division|section\s+of
    |society|association|street|avenue|road|straße|p\.?\s?o\.?\s+box|campus|google|microsoft|facebook|deepmind|openai|nvidia
    |amazon|alibaba|tencent|huawei|baidu|cnrs|inria|(?-i:IBM|MIT|ETH|EPFL|USA|UK|UCLA|CERN)|u\.s\.a|germany|france|china|japan|italy|spain|india
    |canada|netherlands|switzerland|australia|sweden|korea|israel|singapore|brazil|russia|poland|austria|belgium|denmark|norway
    |finland|united\s+(?:states|kingdom)|republic|taiwan|hong\s+kong|organi[sz]ation|consiglio|national|technologies)\b
    |大学|大學|学院|學院|研究所|研究院|研究室|公司|実験室|实验室|中心|医院|株式会社|학교|연구소""",
    re.IGNORECASE | re.VERBOSE,
)
INSTITUTION = re.compile(
    r"\b(?:universit\w*|institut\w*|department|facult\w*|fakultät|laborator(?:y|ies)|hochschule|polytechnic|school\s+of)\b|大学|大學|研究所",
    re.IGNORECASE,
)
COVER = re.compile(
    r"""see\s+discussions,\s+stats,?\s+and\s+author\s+profiles | HAL\s+is\s+a\s+multi-?disciplinary
    | JSTOR\s+is\s+a\s+not-for-profit
    | to\s+cite\s+this\s+(?:article|version|document|paper) | to\s+link\s+to\s+this\s+article
    | view\s+the\s+article\s+online
    | this\s+(?:file|pdf|document|version)\s+was\s+(?:downloaded|generated|retrieved)\s+(?:from|on)
    | (?:may|might)\s+be\s+the\s+author.?s\s+version | archive\s+ouverte
    | terms\s+and\s+conditions\s+of\s+(?:access|use)
    | this\s+is\s+(?:a|the)\s+(?:pre|post)-?print | institutional\s+repository
    | citation\s+for\s+(?:the\s+)?published\s+(?:version|paper)
    | this\s+paper\s+is\s+included\s+in\s+the\s+proceedings
    | document\s+version\s+(?:final|publisher|accepted|early|also\s+known)
    | citation\s+\((?:apa|harvard|published)\b
    | this\s+version\s+is\s+available\s+at | the\s+user\s+has\s+requested\s+enhancement""",
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=2048)  # every line is asked about again and again, as a neighbour of others
def is_banner(text: str) -> bool:
    """Say whether a line or block speaks of where and how a paper appeared, not of what it is called.

    >>> is_banner("Published as a conference paper at ICLR 2024"), is_banner("Attention Is All You Need")
    (True, False)
    """
    return NOTICE.search(text) is not None or KIND.fullmatch(text) is not None


def is_periodical(text: str, lines: Sequence[str]) -> bool:
    """Say whether a text is the name of a journal or of proceedings.

    Args:
        text: Words in large type.
        lines: All lines of the page; a journal's name stands again in its running head, beside volume and year.
    """
    if PERIODICAL.search(text) and len(text.split()) <= 14:
        return True
    name = fold_title(text)
    if not name or len(name.split()) > 8:
        return False
    return any(
        fold_title(line).startswith(name) and ISSUE.search(line[len(text) // 2 :]) for line in lines if line != text
    )


def is_place(text: str) -> bool:
    """Say whether a text names where somebody works or lives."""
    return PLACE.search(text) is not None


def is_institution(text: str) -> bool:
    """Say whether a text names a university or the like, as the largest type on the first page of a thesis may."""
    return INSTITUTION.search(text) is not None


def is_cover(text: str) -> bool:
    """Say whether a page is the sheet that a repository puts before a paper."""
    return COVER.search(text) is not None
