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
count-reported =
    { $count ->
        [one] { $number } has been reported on
       *[other] { $number } have been reported on
    }
count-unreported = { $number } not yet reported

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
goals-reported = What it reports
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
milestone-open = Not yet reported
due = (due { $date })
as-of = as of { $date }
note-number = Note { $number }
reported-on = Reported { $date }
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
target-continue = No end was set
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
