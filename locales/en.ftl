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
follow-text = Subscribe in any feed reader and hear of every new bulletin. No account, no e-mail address.
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

facts = Facts
published = Published
updated = Updated
source = Source
byline = By
source-without-link = The address of the original is not known
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
goals-reported = What it says about goals
goals-set = Goals set by this bulletin
goals-mentioned = Goals it mentions
changes = Changes to this page
related = Related bulletins
featured = Also of interest
neighbours = Newer and older bulletins
newer = Newer
older = Older

withdrawn = Withdrawn
withdrawn-on = Withdrawn on { $date }
replaced-by = Replaced by { $title }
expired-on = It was valid until { $date }.
gone-on = It was removed on { $date }.

by-year = By year
all-years = All years
year-heading = { $year }
by-year-title = { $section }, { $year }
pages = Pages
page-title = { $title }, page { $page } of { $pages }
page-link = Page { $page }
nothing-here = There is no bulletin here yet.
feed-of = { $title }: feed

target = Target
kind = Kind
period = Period
period-closed = { $from } to { $to }
period-open = Since { $from }, no end named
set-by = Set by
evidence = What bulletins say
no-evidence = No bulletin has set, reported on or mentioned this goal yet.
how-it-is-counted = What it means and how it is counted
milestones = Milestones
as-of = as of { $date }
note-number = Note { $number }
not-yet-reported = Not yet reported
sets = Sets
role-sets = Sets the goal
role-reports = Reports
role-revises = Changes the target
role-overrides = Gives its own judgement
role-mentions = Mentions it
kind-increase = A number to reach
kind-maintain = A level to keep
kind-direction = A direction, without a number
kind-deliver = Something to deliver
kind-continue = A task that goes on
target-increase = { $amount } by { $to }
target-at-least = At least { $amount }
target-at-most = At most { $amount }
target-direction = No number was set
target-continue = A task that goes on; no end was set
target-deliver = No date was set
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

not-found-title = There is no page here
not-found-text = The address may be mistyped, or the page has moved. Nothing that this site once published is taken away without a word.
gone-title = This bulletin is no longer published
gone-text = Its address is kept, so that a link to it still gets an answer.
bad-request-title = This address cannot be read
bad-request-text = It holds characters that no page of this site has. Please check it, or start from one of these pages.
method-title = This site is only read
method-text = It answers the methods GET and HEAD, and takes nothing in.
internal-title = Something failed here
internal-text = The fault is ours, not yours. It has been written down; please try again in a moment.
internal-id = If you report it, please give this number:
ways-on = Where to go from here

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
no-goals = No goal has this status now.
today = Today
sentence-separator = { "; " }
reported-in-words = Reported in words
latest-figure = Latest figure
next-figure = Next figure due by
how-computed = How progress is computed
data = Data
open-data = Open data
source-bulletin = Reported in
reported-figures = Reported figures
as-of-head = As of, reported in
of-target = Of the target
milestone-head = Milestone
due-head = Due
reached-head = Reached
past-due = Past its date
target-changes = Changes to the target
was = Before
is-now = After
other-years = This goal by year
goal-head = Goal
judged-by-bulletin = A bulletin gives another status
no-longer-counts = What it said about this goal no longer counts.
standing-superseded = A later bulletin gave another figure for the same day; this one does not count
standing-before-period = From before the goal’s period; it does not count
standing-ahead = Its day has not come yet
standing-proves-nothing = A bound on the other side; it does not count
chart-figure = Reported figure
chart-pace = Even pace to the target
chart-period = The goal’s period
chart-other = Reported, does not count
chart-bound = At least, or at most, this much
chart-reached = Milestones reached
chart-planned = Milestones as planned
none-yet = –
why-achieved = The target is reached.
why-kept-to-the-end = The period is over, and its last figure keeps the level.
why-kept = The latest figure keeps the level.
why-broken = The latest figure breaks the level.
why-not-met = The period is over, and its last figure misses the target.
why-no-figure = No bulletin on this site has reported a figure for this goal.
why-no-report = No bulletin on this site has reported on this goal.
why-no-pace = No end was set, so there is no pace to compare with.
why-undecided = The source gives a bound that neither keeps nor breaks the level.
why-steps-in-time = No milestone is past its date.
why-done = Every milestone was reached.
why-continuing = The goal has no number; bulletins report on it in words.
why-bound = The source gives a bound and no figure; the sum takes the bound.
method-lead = A status follows from the goal, from dated bulletins and from the day on which you look. Where an office judges otherwise, the page shows both.
method-sum = The sum
method-attainment = Share done
method-attainment-text = The latest figure less the baseline, divided by the target less the baseline. Where a goal names no baseline, it is 0. A target below its baseline works the same way, downwards.
method-elapsed = Time gone
method-elapsed-text = The days of the period that are over at the end of the figure’s day, divided by all its days.
method-pace = Pace
method-pace-text = Done, divided by the time gone. A pace of 1 is just in time.
method-statuses = The statuses
method-statuses-text = Every goal has exactly one of these at any time.
method-counts = What counts, and what does not
method-no-zero = Missing data is never counted as zero. A goal on which nothing was reported is “not yet reported”, however late it is.
method-newest = The figure for the latest day makes the status. Where several bulletins report for one day, the later bulletin counts, and the page shows both.
method-period = A figure for a day before the period is shown and does not count. The first figure for the last day, or for a later one, settles the goal; later ones are shown and do not count. One for a day to come counts from that day on.
method-bounds = Where a source says “at least” or “more than”, the sum takes that number. It can prove that a goal is reached, on track or kept, never that it is behind, missed or broken.
method-withdrawn = What a withdrawn bulletin reported does not count, and the goal’s page says so.
method-revised = A bulletin may change a target or its end. From its day on the new one counts; the page shows both.
method-override = A bulletin may give another status with a reason. The page shows both; every count uses the computed one, so that anyone can check it. A later report ends it.
method-shares = Counts by status sum to the number of goals. Percentages are whole and sum to 100: what rounding leaves goes to the largest remainders.
method-examples = Worked examples
method-examples-text = Invented goals for 2023 with a figure due each quarter, computed by the program that computes the real ones.
method-seen = Seen on
method-done = Share done
method-gone = Time gone
method-log-first = the first version.
rule-achieved = The target is reached. For a level to keep: the period is over, and its last figure keeps the level.
rule-done = Every milestone of something to be delivered was reported as reached.
rule-under-way = Something to be delivered has been reported on, and no milestone is past its date. Also a number that cannot be compared yet: no end was set, it is of the first moment, or the source gives a bound that settles nothing.
rule-continuing = A task or a direction without a number, on which at least one bulletin reports in words; also after its period.
rule-late = Something to be delivered has been reported on, and a milestone is past its date.
rule-wrong-way = The figure is further from the target than where it began.
rule-not-met = The period is over, there is a figure for its last day or later, and it misses the target.
rule-data-overdue = After an earlier figure, the next one did not come by the day on which it was due, or the period is over and its last figure did not come in time.
rule-not-yet-reported = No bulletin on this site has reported a figure that counts; for goals without a number, nothing at all.
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
progress-floor = { $value } as of { $date }; to be kept: at least { $target }
progress-ceiling = { $value } as of { $date }; to be kept: at most { $target }
progress-steps = { $reached } of { $all } milestones reached
sum-of-year = { $done } done with { $gone } of the year gone: pace { $pace }.
sum-of-time = { $done } done with { $gone } of the time gone: pace { $pace }.
sum-open = { $done } of the way is done.
why-on-track = A pace of { $bound } or more is on track.
why-slightly-behind = A pace from { $low } up to { $high } is slightly behind.
why-behind = A pace below { $bound } is behind.
why-wrong-way = The figure went from { $baseline } to { $value }, away from the target.
why-overdue = The figure for { $day } was due by { $due } and has not been reported.
why-period-over = Its period ended on { $day }.
why-late = “{ $step }” was due by { $day } and has not been reported.
share-of-target = { $share } of the target
changed-on = Changed on { $date }
chart-title = Chart: { $title }
chart-target = target { $number }
chart-point = { $figure } on { $date }
chart-told = Reported: { $figures }. Target: { $target }. The table below has the same data.
chart-steps-told = { $reached } of { $all } milestones reached. The table below has the same data.
method-due = A figure is due { $months } after the day for which it is expected; the last one, { $months } after the period’s end. Until then the last known status stands.
method-version = Version { $version } of the rule
rule-on-track = A number to reach: the pace is { $bound } or more. A level to keep: the latest figure keeps it.
rule-slightly-behind = A number to reach: the pace is { $low } or more, and below { $high }.
rule-behind = A number to reach: the pace is below { $bound }. A level to keep: the latest figure breaks it, and the period is not over.
sentence-space = { " " }
after-its-date = Reached after its date
open-data-text = Every figure on these pages, with its source, for spreadsheets and programs. No key, no account.
data-goals = Each goal with its target, status and sum.
data-progress = Each report with its day, its bulletin and its source.
data-bulletins = Each bulletin with the goals it touches.
data-metadata = What the columns mean: Data Package, CSV on the Web, DCAT.
data-openapi = All addresses of this data for programs.
why-just-begun = The figure is of the first moment, so there is no pace yet.
figure-in = Figure ({ $unit })
touches-no-goal = It touches no goal of this site
standing-after-period = From after the goal’s period; an earlier figure has settled it
level-head = Level
level-kept = Kept
level-broken = Broken
level-open = Open
why-none-counts = None of the reported figures counts for this period.
why-bound-open = The source gives a bound, and it does not say whether that is enough.
why-no-steps = Bulletins report on it; it names no milestones.
still-a-goal = The goal stands all the same, as it was announced.
override-ended = It no longer stands: a later report followed.
now = Now
withdrawn-mark = (withdrawn)
target-until = Until { $to }
no-less-than = at least { $share }
why-after-period = The figure is of a day after the period, which ended on { $day }.
why-broken-once = The figure of { $day } broke it.
last-of = the last { $count } of { $all }
share-of-way = { $share } of the way to the target
instead-of = { $new } instead of { $old }
until = until { $date }
method-order = Where several apply, the first of these counts: achieved, not met, data overdue, going the wrong way, and then the pace.
method-expected = A goal with an interval (month, quarter, half-year, year) expects a figure one interval after the last one, and the first one an interval after its start; a goal without an interval expects one for its last day.
method-rounding = Percentages and paces are rounded for reading; the sum uses the exact numbers.
steps-promised = { $count } milestones by { $to }
further-away = Further from the target than where it began
why-kept-after = The period is over, and the first figure after it keeps the level.
why-not-met-after = The period is over, and the first figure after it misses the target.
why-continuing-past = The goal has no number: bulletins reported on it in words, and whether it was met cannot be computed.
with-remark = { $text } ({ $remark })

search = Search
search-hint = Search bulletins and goals
search-lead = Every bulletin, goal and page of this site, in whichever language it is written.
search-tips = How to search
search-tip-words = A few words are enough; their endings, capitals and accents make no difference.
search-tip-phrase = Quotation marks keep words together: “new jobs”.
search-tip-minus = A minus leaves out what has a word: housing -rental.
search-tip-number = Numbers are found with and without separators: 83000, 83,000.
everything = Everything
kind-bulletin = Bulletin
kind-goal = Goal
kind-page = Page
filter-all = All
filter-kind = Kind
filter-year = Year
sort-by = Order
by-relevance = Best match
by-date = Newest
narrow-results = Narrow and order the results
partial-results = No page has all of these words. These pages have some of them.
no-results-help = Try fewer words, other words, or one of these pages.
without-filters = Search without these limits
search-feed = Follow this search
preparing-title = The search is being prepared
preparing-text = It will be ready in a few seconds. All pages can be read meanwhile.
busy-title = Too many searches at once
busy-text = Please try again in a moment. All pages can be read meanwhile.
search-failed-title = The search does not work at present
search-failed-text = The fault is ours, not yours. All pages can be read meanwhile.
try-again = Try again
wrong-search-title = This search cannot be understood
perhaps = Perhaps you were looking for
count-results =
    { $count ->
        [one] { $number } result
       *[other] { $number } results
    }
earlier-results = Previous
later-results = Next
results-for = “{ $query }”: { $results }
no-results-for = Nothing was found for “{ $query }”
did-you-mean = Did you mean { $query }?
missing-words = Found on no page of this site: { $words }.
passed-over-words = One search cannot take all of this. Not looked for: { $words }.
query-too-long = A search takes up to { $count } characters. Please leave something out.
unknown-page = There is no page “{ $page }” of results.
unknown-filter = Results cannot be narrowed to “{ $value }”: this site has nothing by that name.
unknown-order = Results cannot be ordered by “{ $value }”.
results-shown = { $from } to { $to } of { $all }
