# The interface in English. A city changes a message by repeating it in content/i18n/en.ftl.

## Every page

language-name = English
skip-to-content = Skip to content
site-navigation = Site
breadcrumb = You are here
languages = Language
footer-navigation = About this site
title-on-site = { $title } – { $site }
made-with = Made with Gazette from Markdown files
home = Home

## Punctuation, numbers and amounts

colon = { ": " }
label = { $name }: { $value }
list-separator = { ", " }
sentence-separator = { "; " }
sentence-space = { " " }
with-remark = { $text } ({ $remark })
no-value = –
percent = { $number }%
amount = { $number } { $unit }
amount-with-exact = { $number } { $unit } ({ $exact })
number-with-exact = { $number } ({ $exact })
amount-at-least = At least { $amount }
amount-at-most = At most { $amount }
share-at-least = at least { $share }
count-goals =
    { $count ->
        [one] { $number } goal
       *[other] { $number } goals
    }
count-bulletins =
    { $count ->
        [one] { $number } bulletin
       *[other] { $number } bulletins
    }
count-categories =
    { $count ->
        [one] { $number } category
       *[other] { $number } categories
    }
count-months =
    { $count ->
        [one] { $number } month
       *[other] { $number } months
    }
goals-in-categories = { $goals } in { $categories }

## Home page and feeds

latest-bulletins = Latest bulletins
all-bulletins = All bulletins
all-goals = All goals
follow = Follow
follow-text = Subscribe in any feed reader to get every new bulletin. You do not need an account or an email address.
feed = Feed
calendar = Calendar
json = JSON

## Lists of bulletins

by-year = By year
all-years = All years
year-heading = { $year }
by-year-title = { $section }, { $year }
pages = Pages
page-title = { $title }, page { $page } of { $pages }
page-link = Page { $page }
newer = Newer
older = Older
nothing-here = There are no bulletins here yet.
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
withdrawn = Withdrawn

## Bulletin

facts = Key facts
published = Published
updated = Updated
see-all-updates = See all updates
source = Source
source-without-link = No link to the original is available
byline = By
category = Category
categories = Categories
contents = On this page
sets = Sets
goal = Goal
about-no-goal = Not about any goal on this site
goals-reported = What this bulletin says about goals
goals-set = Goals set by this bulletin
goals-mentioned = Goals mentioned by this bulletin
changes = Changes to this page
related = Related bulletins
featured = Also of interest
adjacent-bulletins = Newer and older bulletins
status-now = Now
no-longer-counts = What it said about this goal no longer counts.
share-of-target = { $share } of the target
share-of-way = { $share } of the way to the target
further-from-target = Further from the target than at the start
withdrawn-on = Withdrawn on { $date }
replaced-by = Replaced by { $title }
footnotes = Notes
footnote-back = Back to the text
note-number = Note { $number }
table-region = Table { $number }
alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
task-done = Done
task-open = Open

## Earlier texts of a bulletin

versions = Earlier texts of this page
earlier-texts = Earlier texts
versions-of = Texts of “{ $title }”
present-text = Present text
earlier-text = This is an earlier text
version-title = { $title } (text of { $date })
version-period = It was public from { $from } until { $until }. Dates and figures that it gives may have changed since.
text-from = Text from { $date } on
text-from-until = Text from { $from } until { $until }
changed-text-on = What changed on { $date }
compared-text = The text with its changes
count-removed = Removed: { $count }
count-added = Added: { $count }
count-sentences =
    { $count ->
        [one] { $number } sentence
       *[other] { $number } sentences
    }
count-words =
    { $count ->
        [one] { $number } word
       *[other] { $number } words
    }
compare-texts = Compare two texts
compare-lead = Choose two texts to see what changed from one to the other. If you are reading a static copy of this site, see the changes in the list of texts instead.
compare-from = Earlier text
compare-to = Later text
compare = Compare
no-words-changed = No words changed; only the formatting is different.
removed-words = Removed
added-words = Added
unchanged-parts =
    { $count ->
        [one] { $number } paragraph without changes
       *[other] { $number } paragraphs without changes
    }

## Goal

target = Target
kind = Kind
period = Period
period-closed = { $from } to { $to }
period-open = From { $from }, no end date given
set-by = Set by
withdrawn-mark = (withdrawn)
next-figure = Next figure due by
data = Data
how-it-is-counted = What this goal means and how it is counted
kind-increase = A number to reach
kind-maintain = A level to keep
kind-direction = A direction, without a number
kind-deliver = Something to deliver
kind-continue = An ongoing task
target-increase = { $amount } by { $to }
target-from = From { $from } to { $to } by { $date }
target-at-least = At least { $amount }
target-at-most = At most { $amount }
target-direction = No number set
target-continue = Ongoing task, no end date set
target-until = Until { $to }
target-deliver = No date set
target-deliver-by = By { $to }
progress-of = { $value } of { $target }, as of { $date }
progress-towards = { $value } as of { $date }; the target is { $target }
progress-floor = { $value } as of { $date }; required: at least { $target }
progress-ceiling = { $value } as of { $date }; required: at most { $target }
progress-milestones = { $reached } of { $all } milestones reached
status-by-bulletin = A bulletin gives a different status
override-ended = It no longer applies, because a later report followed.

## Tables of a goal

reported-figures = Reported figures
latest-figure = Latest figure
reported-in-words = Reported in words
column-date-and-bulletin = Date and bulletin
column-figure = Figure ({ $unit })
column-share-of-target = Share of target
column-level = Level
level-kept = Kept
level-not-kept = Not kept
level-unclear = Not clear
figure-superseded = A later bulletin gave another figure for the same day, so this one does not count
figure-before-period = Before the goal’s period, so it does not count
figure-after-period = After the goal’s period, which an earlier figure has settled, so it does not count
figure-in-future = For a day in the future, so it does not count yet
figure-inconclusive = A limit that does not show progress, so it does not count
milestones = Milestones
column-milestone = Milestone
column-due = Due
column-reached = Reached
milestone-overdue = Overdue
milestone-reached-late = Reached late
target-changes = Changes to the target
target-before = Before
target-after = After
column-bulletin = Bulletin
other-years = This goal by year

## What bulletins say about a goal

evidence = What bulletins say
no-evidence = No bulletin has set, reported on or mentioned this goal yet.
as-of = as of { $date }
role-sets = Sets the goal
role-reports = Reports
role-revises = Changes the target
role-overrides = Gives a different status
role-mentions = Mentions the goal
milestone-reached = Milestone reached: { $milestone }
changed-from = { $new } instead of { $old }
revised-end = until { $date }
goal-remains = The goal itself remains as it was announced.
changed-on = Changed on { $date }

## Statuses

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
not-yet-reported = Not yet reported

## Why a goal has its status

how-computed = How progress is calculated
pace-of-year = { $done } done with { $gone } of the year gone: pace { $pace }.
pace-of-period = { $done } done with { $gone } of the time gone: pace { $pace }.
share-done = { $done } of the way is done.
reason-achieved = The target has been reached.
reason-level-kept-to-end = The period is over, and its last figure meets the required level.
reason-level-kept = The latest figure meets the required level.
reason-level-not-kept = The latest figure does not meet the required level.
reason-not-met = The period is over, and its last figure does not reach the target.
reason-no-figure = No bulletin on this site has reported a figure for this goal.
reason-no-report = No bulletin on this site has reported on this goal.
reason-no-pace = No end date was set, so there is no pace to compare with.
reason-level-unclear = The source gives a limit, not an exact figure, so it is not clear whether the required level is met.
reason-milestones-on-time = No milestone is overdue.
reason-done = Every milestone has been reached.
reason-continuing = The goal has no number. Bulletins report on it in words.
reason-limit-used = The source gives a limit, not an exact figure. The calculation uses the limit.
reason-on-track = A pace of { $bound } or more is on track.
reason-slightly-behind = A pace of { $low } or more, but below { $high }, is slightly behind.
reason-behind = A pace below { $bound } is behind.
reason-wrong-way = The figure went from { $baseline } to { $value }, away from the target.
reason-data-overdue = The figure for { $day } was due by { $due } and has not been reported.
reason-period-over = The period ended on { $day }.
reason-milestone-late = “{ $step }” was due by { $day } and has not been reported.
reason-period-just-begun = The figure is for the very start of the period, so there is no pace yet.
reason-no-figure-counts = None of the reported figures counts for this period.
reason-pace-unclear = The source gives a limit, not an exact figure, so it is not clear whether progress is fast enough.
reason-no-milestones = Bulletins report on this goal. It has no milestones.
reason-figure-after-period = The figure is for a day after the period, which ended on { $day }.
reason-level-once-not-kept = The figure for { $day } did not meet it.
reason-level-kept-after = The period is over, and the first figure after it meets the required level.
reason-not-met-after = The period is over, and the first figure after it does not reach the target.
reason-continuing-past = The goal has no number. Bulletins reported on it in words, so it cannot be calculated whether it was met.

## Charts

today = Today
chart-figure = Reported figure
chart-pace = Steady pace to the target
chart-period = The goal’s period
chart-other = Reported but not counted
chart-bound = At least, or at most, this much
chart-reached = Milestones reached
chart-planned = Milestones as planned
chart-title = Chart: { $title }
chart-target = target { $number }
chart-point = { $figure } on { $date }
chart-text = Reported: { $figures }. Target: { $target }. The table below has the same data.
chart-milestones-text = { $reached } of { $all } milestones reached. The table below has the same data.
chart-last-figures = the last { $count } of { $all }

## List of goals and open data

by-status = By status
all-statuses = All
goals-by-status = Goals: { $status }
goals-by-year = By year
goals-of-year = Goals for { $year }
goals-of-year-lead = The goals for { $year }, each with its target, its latest figure and the bulletin that reported it.
by-category = By category
no-goals = No goal has this status at the moment.
open-data = Open data
open-data-text = Every figure on these pages, with its source, for spreadsheets and programs. You do not need a key or an account.
data-goals = Each goal with its target, status and calculation.
data-progress = Each report with its date, bulletin and source.
data-bulletins = Each bulletin with the goals it is about.
data-metadata = What the columns mean: Data Package, CSV on the Web, DCAT.
data-openapi = The addresses of all this data, for programs.

## How progress is calculated

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
rule-achieved = The target has been reached. For a level to keep: the period is over, and its last figure meets the level.
rule-done = Every milestone of something to deliver has been reported as reached.
rule-under-way = Something to deliver has been reported on, and no milestone is overdue. Also a number that cannot be compared yet: no end date was set, the figure is for the very start of the period, or the source gives a limit that settles nothing.
rule-continuing = A task or a direction without a number, on which at least one bulletin reports in words. It keeps this status after its period.
rule-late = Something to deliver has been reported on, and a milestone is overdue.
rule-wrong-way = The figure is further from the target than at the start.
rule-not-met = The period is over, and the figure for its last day or later does not reach the target.
rule-data-overdue = There was an earlier figure, but the next one was not reported by the day it was due, or the period is over and its last figure was not reported in time.
rule-not-yet-reported = No bulletin on this site has reported a figure that counts. For a goal without a number: no bulletin has reported on it.
rule-on-track = A number to reach: the pace is { $bound } or more. A level to keep: the latest figure meets it.
rule-slightly-behind = A number to reach: the pace is { $low } or more, but below { $high }.
rule-behind = A number to reach: the pace is below { $bound }. A level to keep: the latest figure does not meet it, and the period is not over.
method-counts = What counts, and what does not
method-no-zero = Missing data never counts as zero. A goal on which nothing has been reported is “not yet reported”, however late it is.
method-newest = The figure for the latest day decides the status. Where several bulletins report for the same day, the later bulletin counts, and the page shows both.
method-order = Where several statuses apply, the first of these counts: achieved, not met, data overdue, going the wrong way, and then the pace.
method-period = A figure for a day before the period is shown but does not count. The first figure for the last day, or for a later day, settles the goal; later ones are shown but do not count. A figure for a future day counts from that day on.
method-bounds = Where a source says “at least” or “more than”, the calculation uses that number. It can show that a goal is achieved, on track or kept. It can never show that a goal is behind, not met or not kept.
method-withdrawn = What a withdrawn bulletin reported does not count, and the goal’s page says so.
method-revised = A bulletin may change a target or its end date. The new one counts from the day of that bulletin. The page shows both.
method-override = A bulletin may give a different status, with a reason. The page shows both. All counts use the calculated status, so that anyone can check them. The bulletin’s status ends when a later report follows.
method-expected = A goal with a reporting interval (month, quarter, half-year or year) expects a figure one interval after the last one, and its first figure one interval after its start. A goal without an interval expects one for its last day.
method-due = A figure is due { $months } after the day it is for, and the last one { $months } after the end of the period. Until then the last known status stays.
method-rounding = Percentages and paces are rounded for reading. The calculation uses the exact numbers.
method-shares = Counts by status add up to the number of goals. Percentages are rounded to whole numbers, each by itself, so they may not add up to 100.
method-examples = Worked examples
method-examples-text = Invented goals for 2023, with a figure due each quarter, calculated by the same program as the real ones.
method-viewed-on = Viewed on
milestones-promised = { $count } milestones by { $to }
method-version = Version { $version } of the rule
method-log-first = the first version.

## Pages that are gone, and errors

moved-title = This page has moved
gone-title = This bulletin is no longer published
gone-text = We keep its address so that links to it still lead to this explanation.
expired-on = This bulletin was valid until { $date }.
removed-on = This bulletin was removed on { $date }.
not-found-title = Page not found
not-found-text = If you typed the address, check that it is correct. The page may also have moved. This site never removes a published page without saying so.
bad-request-title = This address is not valid
bad-request-text = It contains characters that no address on this site has. Check it, or start from one of these pages.
method-not-allowed-title = This site is read-only
method-not-allowed-text = It accepts only GET and HEAD requests.
server-error-title = Sorry, there is a problem with this site
server-error-text = This is our fault, not yours. The error has been recorded. Try again in a moment.
server-error-id = If you report the problem, give this number:
recovery-links = Where to go next
suggested-pages = You may be looking for
try-again = Try again

## Search

search = Search
search-hint = Search bulletins and goals
search-lead = Search every bulletin, goal and page on this site, in all its languages.
search-tips = How to search
search-tip-words = A few words are enough. Endings, capitals and accents make no difference.
search-tip-number = Write numbers with or without separators: 83000 or 83,000.
search-tip-phrase = Put words in quotation marks to keep them together: “new jobs”.
search-tip-minus = Put a minus sign before a word to leave out pages that have it: housing -rental.
results-for = “{ $query }”: { $results }
no-results-for = No results for “{ $query }”
search-everything = Everything
count-results =
    { $count ->
        [one] { $number } result
       *[other] { $number } results
    }
results-shown = { $from } to { $to } of { $all }
partial-results = No page has all of these words. These pages have some of them.
unmatched-words = Not found on this site: { $words }.
rarest-words = This is a long question. The results are for its { $count } rarest words.
ignored-words = This search is too long. These words were left out: { $words }.
did-you-mean = Did you mean { $query }?
no-results-help = Try fewer words or other words, or go to one of these pages.
previous-results = Previous
next-results = Next
search-feed = Follow this search
filter-results = Filter and sort the results
filter-all = All
filter-kind = Kind
filter-kind-bulletin = Bulletin
filter-kind-goal = Goal
filter-kind-page = Page
filter-year = Year
without-filters = Search without filters
sort-by = Sort by
sort-by-relevance = Best match
sort-by-date = Newest first
search-preparing-title = Search is not ready yet
search-preparing-text = It will be ready in a few seconds. You can read all pages in the meantime.
search-busy-title = Too many people are searching
search-busy-text = Try again in a moment. You can read all pages in the meantime.
search-failed-title = Search is not working
search-failed-text = This is our fault, not yours. You can still read all pages.
search-invalid-title = There is a problem with this search
query-too-long = A search can have up to { $count } characters. Make it shorter.
unknown-page = There is no results page “{ $page }”.
unknown-filter = Results cannot be filtered by “{ $value }”: nothing on this site has this name.
unknown-order = Results cannot be sorted by “{ $value }”.
catalog-description = The goals of { $site }, the bulletins that report on them, and all figures, as open data.
dataset-contents = Each record has the day, the figure or milestone, and the official bulletin that reported it; the status follows from a published rule. Published by { $site } as open data in CSV and JSON.
full-stop = .
original-changed = This translation may be out of date: the original has changed since.
read-original = Read the original

## Official documents

validity = Validity
validity-not-yet-in-force = Not yet in force
validity-in-force = In force
validity-corrected = Corrected
validity-amended = Amended
validity-repealed = Repealed
validity-lapsed = No longer in force
validity-unknown = Not stated
in-force-from = Not yet in force; applies from { $date }
in-force-since = In force since { $date }
corrected-on = In force, corrected on { $date }
amended-from = In force, amended from { $date }
repealed-from = Repealed from { $date }
lapsed-after = No longer in force; the last day was { $date }
document-number = Document number
document-kind = Kind of document
document-kinds = Kinds of documents
document-index = Index number
document-made = Made on
document-effective = Applies from
document-until = Applies until
document-relations = Related documents
amends = Amends
repeals = Repeals
corrects = Corrects
explains = Explains
implements = Implements
answers = Answers
amended-by = Amended by
repealed-by = Repealed by
corrected-by = Corrected by
explained-by = Explained in
implemented-by = Implemented by
answered-by = Answered in
issuer = Issued by
bodies = Bodies
topics = Topics
former-names = Former names
name-until = { $name }, until { $date }
contact-phone = Telephone
contact-email = E-mail
contact-site = Website
contact-address = Address
contact-hours = Office hours

## Consultations

consultation = Consultation
consultations = Consultations
events = Events
calendar-closes = Last day for comments: { $title }
calendar-opens = Open for comments from today: { $title }
calendar-effective = In force from today: { $title }
calendar-until = Last day in force: { $title }
calendar-cancelled = Cancelled: { $title }
calendar-due = Due: { $title }
contact = Contact
body = Body
consultation-from = Comments from
consultation-until = Comments until
consultation-outcome = Outcome
consultation-outcome-published = Closed, the outcome is published
consultations-closing = Closing within a week
consultations-open = Open for comments
consultations-to-come = Not open yet
consultations-closed = Closed
consultation-opens = Opens for comments on { $date }
consultation-open = Open for comments until { $date }
consultation-closing = Closing soon: comments until { $date }
consultation-closed = Closed; the last day for comments was { $date }
consultation-extended = Extended on { $on }; the last day had been { $date }

## Citations

cite = Cite this page
cite-paragraph = Cite a paragraph
permanent-number = Permanent number
citation-in-words = { $authors }, { $title }, { $date }, { $url }
cited-title = “{ $title }”

## Frame

alerts = Alerts
alert-level-emergency = Emergency
alert-level-warning = Warning
alert-level-notice = Notice
report-mistake = Report a mistake on this page
