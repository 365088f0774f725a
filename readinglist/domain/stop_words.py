"""English words that say nothing of what a text is about, and that no pair of words reaches across."""

STOP_WORDS = frozenset(
    "a about above across after again against all along also although always am among an and another any are around "
    "as at be because been before being below between both but by can cannot could did do does doing done down due "
    "during each either else etc even ever every few first for from further had has have having he hence her here him "
    "his how however i if in indeed into is it its itself just last least less let like made make makes making many "
    "may me might more moreover most much must my near neither never next no non nor not now of off often on once one "
    "only onto or other others our out over own per perhaps quite rather same second see several shall she should "
    "since so some still such than that the their them then there thereby therefore these they third this those "
    "though three through throughout thus to together too toward towards two under until up upon us use used uses "
    "using very via was we well were what when where whereas whether which while who whom whose why will with within "
    "without would yet you your".split()
)
