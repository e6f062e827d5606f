# Names of the field. English names of States are in the data, and those of issues, themes, goals and groups of
# persons are as their sources wrote them. Another language can have a text for each of them here: `state-BLR`, and
# `term-issue-death-penalty` for the issue "Death penalty".

# Months in dates that are written out.
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-long = { $day } { $month } { $year }
date-with-time = { $date }, { $time }

# Languages of texts, by the first part of their codes. Any other is named by its code.
language-name = { $language ->
    [ar] Arabic
    [be] Belarusian
    [en] English
    [es] Spanish
    [fr] French
    [ru] Russian
    [zh] Chinese
   *[other] the language “{ $tag }”
}
