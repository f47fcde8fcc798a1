# The interface in English. A city changes a message by repeating it in content/i18n/en.ftl.

language-name = English
skip-to-content = Skip to content
site-navigation = Site
breadcrumb = You are here
languages = Language
footer-navigation = About this site
home = Home
list-separator = { ", " }
role-colon = { ": " }
label = { $name }: { $value }
title-on-site = { $title } – { $site }
made-with = Made with Gazette from Markdown files

latest-bulletins = Latest bulletins
all-bulletins = All bulletins
all-goals = All goals
follow = Follow
follow-text = Subscribe in any feed reader to get every new bulletin. You do not need an account or an email address.
count-goals =
    { $count ->
        [one] { $number } goal
       *[other] { $number } goals
    }
count-categories =
    { $count ->
        [one] { $number } category
       *[other] { $number } categories
    }
goals-in-categories = { $goals } in { $categories }

facts = Key facts
published = Published
updated = Updated
source = Source
byline = By
source-without-link = No link to the original is available
category = Category
categories = Categories
contents = On this page
feed = Feed
json = JSON

sets-goals =
    { $count ->
        [one] Sets { $number } goal
       *[other] Sets { $number } goals
    }
reports-goals =
    { $count ->
        [one] Reports on { $number } goal
       *[other] Reports on { $number } goals
    }
goals-reported = What this bulletin says about goals
goals-set = Goals set by this bulletin
goals-mentioned = Goals mentioned by this bulletin
changes = Changes to this page
related = Related bulletins
featured = Also of interest
neighbours = Newer and older bulletins
newer = Newer
older = Older

withdrawn = Withdrawn
withdrawn-on = Withdrawn on { $date }
replaced-by = Replaced by { $title }
expired-on = This bulletin was valid until { $date }.
gone-on = This bulletin was removed on { $date }.

by-year = By year
all-years = All years
year-heading = { $year }
by-year-title = { $section }, { $year }
pages = Pages
page-title = { $title }, page { $page } of { $pages }
page-link = Page { $page }
nothing-here = There are no bulletins here yet.
feed-of = Feed for { $title }

target = Target
kind = Kind
period = Period
period-closed = { $from } to { $to }
period-open = From { $from }, no end date given
set-by = Set by
evidence = What bulletins say
no-evidence = No bulletin has set, reported on or mentioned this goal yet.
how-it-is-counted = What this goal means and how it is counted
milestones = Milestones
as-of = as of { $date }
note-number = Note { $number }
not-yet-reported = Not yet reported
sets = Sets
role-sets = Sets the goal
role-reports = Reports
role-revises = Changes the target
role-overrides = Gives a different status
role-mentions = Mentions the goal
kind-increase = A number to reach
kind-maintain = A level to keep
kind-direction = A direction, without a number
kind-deliver = Something to deliver
kind-continue = An ongoing task
target-increase = { $amount } by { $to }
target-at-least = At least { $amount }
target-at-most = At most { $amount }
target-direction = No number set
target-continue = Ongoing task, no end date set
target-deliver = No date set
target-deliver-by = By { $to }
amount = { $number } { $unit }
amount-with-exact = { $number } { $unit } ({ $exact })
said-at-least = At least { $amount }
said-at-most = At most { $amount }
said-milestone = Milestone reached: { $milestone }

footnotes = Notes
footnote-back = Back to the text
table-region = Table { $number }
alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
task-done = Done
task-open = Open

not-found-title = Page not found
not-found-text = If you typed the address, check that it is correct. The page may also have moved. This site never removes a published page without saying so.
gone-title = This bulletin is no longer published
gone-text = We keep its address so that links to it still lead to this explanation.
bad-request-title = This address is not valid
bad-request-text = It contains characters that no address on this site has. Check it, or start from one of these pages.
method-title = This site is read-only
method-text = It accepts only GET and HEAD requests.
internal-title = Sorry, there is a problem with this site
internal-text = This is our fault, not yours. The error has been recorded. Try again in a moment.
internal-id = If you report the problem, give this number:
ways-on = Where to go next

status = Status
status-achieved = Achieved
status-done = Done
status-on-track = On track
status-under-way = Under way
status-continuing = Continuing
status-slightly-behind = Slightly behind
status-behind = Behind
status-late = Late
status-wrong-way = Going the wrong way
status-not-met = Not met
status-data-overdue = Data overdue
all-statuses = All
by-status = By status
goals-by-year = By year
no-goals = No goal has this status at the moment.
today = Today
sentence-separator = { "; " }
reported-in-words = Reported in words
latest-figure = Latest figure
next-figure = Next figure due by
how-computed = How progress is calculated
data = Data
open-data = Open data
source-bulletin = Bulletin
reported-figures = Reported figures
as-of-head = Date and bulletin
of-target = Share of target
milestone-head = Milestone
due-head = Due
reached-head = Reached
past-due = Overdue
target-changes = Changes to the target
was = Before
is-now = After
other-years = This goal by year
goal-head = Goal
judged-by-bulletin = A bulletin gives a different status
no-longer-counts = What it said about this goal no longer counts.
standing-superseded = A later bulletin gave another figure for the same day, so this one does not count
standing-before-period = Before the goal’s period, so it does not count
standing-ahead = For a day in the future, so it does not count yet
standing-proves-nothing = A limit that does not show progress, so it does not count
chart-figure = Reported figure
chart-pace = Steady pace to the target
chart-period = The goal’s period
chart-other = Reported but not counted
chart-bound = At least, or at most, this much
chart-reached = Milestones reached
chart-planned = Milestones as planned
none-yet = –
why-achieved = The target has been reached.
why-kept-to-the-end = The period is over, and its last figure meets the required level.
why-kept = The latest figure meets the required level.
why-broken = The latest figure does not meet the required level.
why-not-met = The period is over, and its last figure does not reach the target.
why-no-figure = No bulletin on this site has reported a figure for this goal.
why-no-report = No bulletin on this site has reported on this goal.
why-no-pace = No end date was set, so there is no pace to compare with.
why-undecided = The source gives a limit, not an exact figure, so it is not clear whether the required level is met.
why-steps-in-time = No milestone is overdue.
why-done = Every milestone has been reached.
why-continuing = The goal has no number. Bulletins report on it in words.
why-bound = The source gives a limit, not an exact figure. The calculation uses the limit.
method-lead = Each status is calculated from the goal, from dated bulletins and from the day on which you look. Where an office gives a different status, the page shows both.
method-sum = The calculation
method-attainment = Share done
method-attainment-text = The latest figure minus the baseline, divided by the target minus the baseline. If a goal gives no baseline, it is 0. A target below its baseline works the same way, downwards.
method-elapsed = Time gone
method-elapsed-text = The days of the period that have passed by the end of the figure’s day, divided by all days of the period.
method-pace = Pace
method-pace-text = Share done divided by time gone. A pace of 1 is exactly on time.
method-statuses = The statuses
method-statuses-text = Every goal has exactly one of these at any time.
method-counts = What counts, and what does not
method-no-zero = Missing data never counts as zero. A goal on which nothing has been reported is “not yet reported”, however late it is.
method-newest = The figure for the latest day decides the status. Where several bulletins report for the same day, the later bulletin counts, and the page shows both.
method-period = A figure for a day before the period is shown but does not count. The first figure for the last day, or for a later day, settles the goal; later ones are shown but do not count. A figure for a future day counts from that day on.
method-bounds = Where a source says “at least” or “more than”, the calculation uses that number. It can show that a goal is achieved, on track or kept. It can never show that a goal is behind, not met or not kept.
method-withdrawn = What a withdrawn bulletin reported does not count, and the goal’s page says so.
method-revised = A bulletin may change a target or its end date. The new one counts from the day of that bulletin. The page shows both.
method-override = A bulletin may give a different status, with a reason. The page shows both. All counts use the calculated status, so that anyone can check them. The bulletin’s status ends when a later report follows.
method-shares = Counts by status add up to the number of goals. Percentages are whole numbers and add up to 100: what rounding leaves over goes to the largest remainders.
method-examples = Worked examples
method-examples-text = Invented goals for 2023, with a figure due each quarter, calculated by the same program as the real ones.
method-seen = Viewed on
method-done = Share done
method-gone = Time gone
method-log-first = the first version.
rule-achieved = The target has been reached. For a level to keep: the period is over, and its last figure meets the level.
rule-done = Every milestone of something to deliver has been reported as reached.
rule-under-way = Something to deliver has been reported on, and no milestone is overdue. Also a number that cannot be compared yet: no end date was set, the figure is for the very start of the period, or the source gives a limit that settles nothing.
rule-continuing = A task or a direction without a number, on which at least one bulletin reports in words. It keeps this status after its period.
rule-late = Something to deliver has been reported on, and a milestone is overdue.
rule-wrong-way = The figure is further from the target than at the start.
rule-not-met = The period is over, and the figure for its last day or later does not reach the target.
rule-data-overdue = There was an earlier figure, but the next one was not reported by the day it was due, or the period is over and its last figure was not reported in time.
rule-not-yet-reported = No bulletin on this site has reported a figure that counts. For a goal without a number: no bulletin has reported on it.
count-months =
    { $count ->
        [one] { $number } month
       *[other] { $number } months
    }
number-with-exact = { $number } ({ $exact })
percent = { $number }%
goals-by-status = Goals: { $status }
goals-of-year = Goals for { $year }
target-from = From { $from } to { $to } by { $date }
progress-of = { $value } of { $target } by { $date }
progress-towards = { $value } by { $date }; the target is { $target }
progress-floor = { $value } as of { $date }; required: at least { $target }
progress-ceiling = { $value } as of { $date }; required: at most { $target }
progress-steps = { $reached } of { $all } milestones reached
sum-of-year = { $done } done with { $gone } of the year gone: pace { $pace }.
sum-of-time = { $done } done with { $gone } of the time gone: pace { $pace }.
sum-open = { $done } of the way is done.
why-on-track = A pace of { $bound } or more is on track.
why-slightly-behind = A pace of { $low } or more, but below { $high }, is slightly behind.
why-behind = A pace below { $bound } is behind.
why-wrong-way = The figure went from { $baseline } to { $value }, away from the target.
why-overdue = The figure for { $day } was due by { $due } and has not been reported.
why-period-over = The period ended on { $day }.
why-late = “{ $step }” was due by { $day } and has not been reported.
share-of-target = { $share } of the target
changed-on = Changed on { $date }
chart-title = Chart: { $title }
chart-target = target { $number }
chart-point = { $figure } on { $date }
chart-told = Reported: { $figures }. Target: { $target }. The table below has the same data.
chart-steps-told = { $reached } of { $all } milestones reached. The table below has the same data.
method-due = A figure is due { $months } after the day it is for, and the last one { $months } after the end of the period. Until then the last known status stays.
method-version = Version { $version } of the rule
rule-on-track = A number to reach: the pace is { $bound } or more. A level to keep: the latest figure meets it.
rule-slightly-behind = A number to reach: the pace is { $low } or more, but below { $high }.
rule-behind = A number to reach: the pace is below { $bound }. A level to keep: the latest figure does not meet it, and the period is not over.
sentence-space = { " " }
after-its-date = Reached late
open-data-text = Every figure on these pages, with its source, for spreadsheets and programs. You do not need a key or an account.
data-goals = Each goal with its target, status and calculation.
data-progress = Each report with its date, bulletin and source.
data-bulletins = Each bulletin with the goals it is about.
data-metadata = What the columns mean: Data Package, CSV on the Web, DCAT.
data-openapi = The addresses of all this data, for programs.
why-just-begun = The figure is for the very start of the period, so there is no pace yet.
figure-in = Figure ({ $unit })
touches-no-goal = Not about any goal on this site
standing-after-period = After the goal’s period, which an earlier figure has settled, so it does not count
level-head = Level
level-kept = Kept
level-broken = Not kept
level-open = Not clear
why-none-counts = None of the reported figures counts for this period.
why-bound-open = The source gives a limit, not an exact figure, so it is not clear whether progress is fast enough.
why-no-steps = Bulletins report on this goal. It has no milestones.
still-a-goal = The goal itself remains as it was announced.
override-ended = It no longer applies, because a later report followed.
now = Now
withdrawn-mark = (withdrawn)
target-until = Until { $to }
no-less-than = at least { $share }
why-after-period = The figure is for a day after the period, which ended on { $day }.
why-broken-once = The figure for { $day } did not meet it.
last-of = the last { $count } of { $all }
share-of-way = { $share } of the way to the target
instead-of = { $new } instead of { $old }
until = until { $date }
method-order = Where several statuses apply, the first of these counts: achieved, not met, data overdue, going the wrong way, and then the pace.
method-expected = A goal with a reporting interval (month, quarter, half-year or year) expects a figure one interval after the last one, and its first figure one interval after its start. A goal without an interval expects one for its last day.
method-rounding = Percentages and paces are rounded for reading. The calculation uses the exact numbers.
steps-promised = { $count } milestones by { $to }
further-away = Further from the target than at the start
why-kept-after = The period is over, and the first figure after it meets the required level.
why-not-met-after = The period is over, and the first figure after it does not reach the target.
why-continuing-past = The goal has no number. Bulletins reported on it in words, so it cannot be calculated whether it was met.
with-remark = { $text } ({ $remark })

search = Search
search-hint = Search bulletins and goals
search-lead = Search every bulletin, goal and page on this site, in all its languages.
search-tips = How to search
search-tip-words = A few words are enough. Endings, capitals and accents make no difference.
search-tip-phrase = Put words in quotation marks to keep them together: “new jobs”.
search-tip-minus = Put a minus sign before a word to leave out pages that have it: housing -rental.
search-tip-number = Write numbers with or without separators: 83000 or 83,000.
everything = Everything
kind-bulletin = Bulletin
kind-goal = Goal
kind-page = Page
filter-all = All
filter-kind = Kind
filter-year = Year
sort-by = Sort by
by-relevance = Best match
by-date = Newest first
narrow-results = Filter and sort the results
partial-results = No page has all of these words. These pages have some of them.
no-results-help = Try fewer words or other words, or go to one of these pages.
without-filters = Search without filters
search-feed = Follow this search
preparing-title = Search is not ready yet
preparing-text = It will be ready in a few seconds. You can read all pages in the meantime.
busy-title = Too many people are searching
busy-text = Try again in a moment. You can read all pages in the meantime.
search-failed-title = Search is not working
search-failed-text = This is our fault, not yours. You can still read all pages.
try-again = Try again
wrong-search-title = There is a problem with this search
perhaps = You may be looking for
count-results =
    { $count ->
        [one] { $number } result
       *[other] { $number } results
    }
earlier-results = Previous
later-results = Next
results-for = “{ $query }”: { $results }
no-results-for = No results for “{ $query }”
did-you-mean = Did you mean { $query }?
missing-words = Not found on this site: { $words }.
passed-over-words = This search is too long. These words were left out: { $words }.
query-too-long = A search can have up to { $count } characters. Make it shorter.
unknown-page = There is no results page “{ $page }”.
unknown-filter = Results cannot be filtered by “{ $value }”: nothing on this site has this name.
unknown-order = Results cannot be sorted by “{ $value }”.
results-shown = { $from } to { $to } of { $all }
