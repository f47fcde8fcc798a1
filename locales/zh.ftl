# 界面用语（中文）。各城市可在 content/i18n/zh.ftl 中重写任意一条。

## Every page

language-name = 中文
skip-to-content = 跳到正文
site-navigation = 网站导航
breadcrumb = 当前位置
languages = 语言
footer-navigation = 关于本站
title-on-site = { $title } – { $site }
made-with = 由 Gazette 根据 Markdown 文件生成
home = 首页

## Punctuation, numbers and amounts

colon = ：
label = { $name }：{ $value }
list-separator = 、
sentence-separator = ；
sentence-space = { "" }
with-remark = { $text }（{ $remark }）
no-value = –
percent = { $number }%
amount = { $number }{ $unit }
amount-with-exact = { $number }{ $unit }（{ $exact }）
number-with-exact = { $number }（{ $exact }）
amount-at-least = 至少{ $amount }
amount-at-most = 至多{ $amount }
share-at-least = 至少{ $share }
count-goals = { $number }项目标
count-bulletins = { $number }份公报
count-categories = { $number }个类别
count-months = { $number }个月
goals-in-categories = { $goals }，分属{ $categories }

## Home page and feeds

latest-bulletins = 最新公报
all-bulletins = 全部公报
all-goals = 全部目标
follow = 订阅
follow-text = 使用任意订阅阅读器，即可及时收到新公报，无需注册，也无需提供邮箱。
feed = 订阅源
calendar = 日历
json = JSON

## Lists of bulletins

by-year = 按年份
all-years = 全部年份
year-heading = { $year }年
by-year-title = { $section }（{ $year }年）
pages = 分页
page-title = { $title }（第{ $page }页，共{ $pages }页）
page-link = 第{ $page }页
newer = 较新
older = 较早
nothing-here = 暂无公报。
sets-goals = 提出{ $number }项目标
reports-goals = 报告{ $number }项目标的进展
withdrawn = 已撤回

## Bulletin

facts = 基本信息
published = 发布日期
updated = 更新日期
see-all-updates = 查看全部更新
source = 来源
source-without-link = 未提供原文链接
byline = 作者
category = 类别
categories = 类别
contents = 本页目录
sets = 提出
goal = 目标
about-no-goal = 未涉及本站的目标
goals-reported = 本公报中有关目标的内容
goals-set = 本公报提出的目标
goals-mentioned = 本公报提及的目标
changes = 本页修改记录
related = 相关公报
featured = 您可能还关注
adjacent-bulletins = 较新和较早的公报
status-now = 目前
no-longer-counts = 其中关于该目标的内容不再计入。
share-of-target = 目标的{ $share }
share-of-way = 从起点到目标已完成{ $share }
further-from-target = 与起点相比，离目标更远
withdrawn-on = 已于{ $date }撤回
replaced-by = 由《{ $title }》取代
footnotes = 注释
footnote-back = 返回正文
note-number = 注{ $number }
table-region = 表{ $number }
alert-note = 说明
alert-tip = 提示
alert-important = 重要
alert-warning = 注意
alert-caution = 警告
task-done = 已完成
task-open = 未完成

## Earlier texts of a bulletin

versions = 本页历次文本
earlier-texts = 历次文本
versions-of = 《{ $title }》的历次文本
present-text = 现行文本
earlier-text = 这是旧文本
version-title = { $title }（{ $date }文本）
version-period = 本文本自{ $from }起公开，至{ $until }被取代。其中的日期和数字此后可能已有变动。
text-from = { $date }起的文本
text-from-until = { $from }至{ $until }的文本
changed-text-on = { $date }的修改
compared-text = 修改对照
count-removed = 删去：{ $count }
count-added = 新增：{ $count }
count-sentences = { $number }个分句
count-words = { $number }字
compare-texts = 对照两个文本
compare-lead = 请选择两个文本，查看两者之间的修改。如果您看到的是本站的静态副本，请在文本列表中查看各次修改。
compare-from = 较早的文本
compare-to = 较晚的文本
compare = 对照
no-words-changed = 文字没有改动，只是格式不同。
removed-words = 删去
added-words = 新增
unchanged-parts = 未修改的{ $number }段

## Goal

target = 目标
kind = 类型
period = 期限
period-closed = { $from }至{ $to }
period-open = 自{ $from }起，未明确截止日期
set-by = 目标出处
withdrawn-mark = （已撤回）
next-figure = 下次数据公布期限
data = 数据
how-it-is-counted = 含义与统计口径
kind-increase = 数值类目标
kind-maintain = 保持类目标
kind-direction = 方向类目标（未设数值）
kind-deliver = 完成类目标
kind-continue = 持续类目标
target-increase = { $to }前达到{ $amount }
target-from = { $date }前由{ $from }变为{ $to }
target-at-least = 不低于{ $amount }
target-at-most = 不超过{ $amount }
target-direction = 未设定具体数值
target-continue = 持续推进，未明确截止日期
target-until = 至{ $to }
target-deliver = 未明确完成日期
target-deliver-by = { $to }前完成
progress-of = 截至{ $date }：{ $amount }，目标{ $target }
progress-towards = 截至{ $date }：{ $value }，目标{ $target }
progress-floor = 截至{ $date }：{ $value }，要求不低于{ $target }
progress-ceiling = 截至{ $date }：{ $value }，要求不超过{ $target }
progress-milestones = { $all }个节点中已完成{ $reached }个
status-by-bulletin = 公报另有评定
override-ended = 之后已有新的报告，此评定不再有效。

## Tables of a goal

reported-figures = 已报告数据
latest-figure = 最新数据
reported-in-words = 以文字报告
column-date-and-bulletin = 截至日期及公报
column-figure = 数值（单位：{ $unit }）
column-share-of-target = 占目标比例
column-level = 水平
level-kept = 符合
level-not-kept = 不符合
level-unclear = 尚不明确
figure-superseded = 已有较新的公报公布同一日期的数据，本项不计入
figure-before-period = 早于目标期限，不计入
figure-after-period = 晚于目标期限，此前数据已有定论，不计入
figure-in-future = 所属日期尚未到来，暂不计入
figure-inconclusive = 没有给出确数，不能说明进展，不计入
milestones = 节点
column-milestone = 节点
column-due = 期限
column-reached = 完成情况
milestone-overdue = 已逾期
milestone-reached-late = 逾期完成
target-changes = 目标调整
target-before = 调整前
target-after = 调整后
column-bulletin = 公报
other-years = 历年对比

## What bulletins say about a goal

evidence = 公报记录
no-evidence = 尚无公报提出、报告或提及该目标。
as-of = 截至{ $date }
role-sets = 提出目标
role-reports = 报告进展
role-revises = 调整目标
role-overrides = 另行评定
role-mentions = 提及目标
milestone-reached = 已完成：{ $milestone }
changed-from = { $new }（原为{ $old }）
revised-end = 期限至{ $date }
goal-remains = 目标本身仍以原公布内容为准。
changed-on = 已于{ $date }修改

## Statuses

status = 状态
status-achieved = 已实现
status-done = 已完成
status-on-track = 进度正常
status-under-way = 进行中
status-continuing = 持续推进
status-slightly-behind = 略有滞后
status-behind = 滞后
status-late = 逾期
status-wrong-way = 背离目标
status-not-met = 未实现
status-data-overdue = 数据逾期未报
not-yet-reported = 尚未报告

## Why a goal has its status

how-computed = 进展如何计算
pace-of-year = 全年时间已过{ $gone }，完成{ $done }：进度{ $pace }。
pace-of-period = 期限已过{ $gone }，完成{ $done }：进度{ $pace }。
share-done = 已完成{ $done }。
reason-achieved = 目标已经达到。
reason-level-kept-to-end = 期限已满，期末数据符合要求。
reason-level-kept = 最新数据符合要求。
reason-level-not-kept = 最新数据不符合要求。
reason-not-met = 期限已满，期末数据未达到目标。
reason-no-figure = 本站尚无公报报告过该目标的数据。
reason-no-report = 本站尚无公报报告过该目标的进展。
reason-no-pace = 未明确截止日期，因此无法比较进度。
reason-level-unclear = 来源没有给出确数，尚不能判断是否符合要求。
reason-milestones-on-time = 没有逾期的节点。
reason-done = 所有节点均已完成。
reason-continuing = 该目标未设数值，公报以文字报告其进展。
reason-limit-used = 来源只说“至少”或“至多”，没有给出确数，按该数值计算。
reason-on-track = 进度达到{ $bound }即为正常。
reason-slightly-behind = 进度不低于{ $low }但不足{ $high }，为略有滞后。
reason-behind = 进度不足{ $bound }，为滞后。
reason-wrong-way = 数据由{ $baseline }变为{ $value }，离目标更远。
reason-data-overdue = { $day }的数据应于{ $due }前公布，至今尚未公布。
reason-period-over = 目标期限已于{ $day }结束。
reason-milestone-late = “{ $step }”的期限为{ $day }，至今尚未报告完成。
reason-period-just-begun = 数据为期限起始时的数据，尚无法计算进度。
reason-no-figure-counts = 已报告的数据均不计入该期限。
reason-pace-unclear = 来源只说“至少”，没有给出确数，不足以判断进度。
reason-no-milestones = 公报已有报告，但目标未列出节点。
reason-figure-after-period = 该数据的日期晚于期限（{ $day }止）。
reason-level-once-not-kept = { $day }的数据曾不符合要求。
reason-level-kept-after = 期限已满，期限后的首个数据符合要求。
reason-not-met-after = 期限已满，期限后的首个数据未达到目标。
reason-continuing-past = 该目标未设数值，公报以文字报告过进展，是否实现无法计算。

## Charts

today = 今天
chart-figure = 已报告数据
chart-pace = 序时进度
chart-period = 目标期限
chart-other = 已报告但不计入
chart-bound = 不低于或不超过该值
chart-reached = 已完成的节点
chart-planned = 计划进度
chart-title = 图表：{ $title }
chart-target = 目标 { $number }
chart-point = { $date }：{ $figure }
chart-text = 已报告：{ $figures }。目标：{ $target }。下方表格列有相同数据。
chart-milestones-text = { $all }个节点中已完成{ $reached }个。下方表格列有相同数据。
chart-last-figures = 共{ $all }个数据，以下为最近{ $count }个

## List of goals and open data

by-status = 按状态
all-statuses = 全部
goals-by-status = 目标：{ $status }
goals-by-year = 按年份
goals-of-year = { $year }年的目标
goals-of-year-lead = { $year }年的各项目标，列出目标值、最新数据和报告该数据的公报。
by-category = 按类别
no-goals = 目前没有处于该状态的目标。
open-data = 开放数据
open-data-text = 以上页面的全部数据及其来源，可供电子表格和程序使用，无需密钥，无需注册。
data-goals = 每项目标及其目标值、状态和计算过程。
data-progress = 每一次报告及其日期、公报和来源。
data-bulletins = 每份公报及其涉及的目标。
data-metadata = 各列含义的说明：Data Package、CSVW、DCAT。
data-openapi = 供程序使用的全部数据地址。

## How progress is calculated

method-lead = 状态根据目标、注明日期的公报以及查看当天的日期计算得出。有关部门另有评定时，页面同时显示两者。
method-sum = 计算方法
method-attainment = 完成度
method-attainment-text = 最新数值减去基数，再除以目标值与基数之差。目标未注明基数时，基数为0。目标值低于基数时算法相同，方向向下。
method-elapsed = 已过时间
method-elapsed-text = 截至数据所属日期结束时，期限内已经过去的天数占全部天数的比例。
method-pace = 进度
method-pace-text = 完成度除以已过时间的比例。进度为1，表示与序时进度一致。
method-statuses = 各种状态
method-statuses-text = 每项目标在任何时候都只有其中一种状态。
rule-achieved = 已达到目标；保持类目标：期限已满，且期末数据符合要求。
rule-done = 完成类目标的各节点均已报告完成。
rule-under-way = 完成类目标已有报告，且没有逾期的节点；也包括暂时无法比较的数字：未明确截止日期、数据为期限起始时的数据，或来源没有给出确数而不足以判断。
rule-continuing = 未设数值的任务或方向，且至少有一份公报以文字报告其进展；期限届满后亦同。
rule-late = 完成类目标已有报告，且有节点逾期。
rule-wrong-way = 与起点相比，最新数据离目标更远。
rule-not-met = 期限已满，已有期末或之后的数据，但未达到目标。
rule-data-overdue = 此前已有数据，但下一次数据超过应报告的日期仍未公布，或期限已满而期末数据未按时公布。
rule-not-yet-reported = 本站尚无公报报告可计入的数据；未设数值的目标，则尚无任何报告。
rule-on-track = 数值类目标：进度达到{ $bound }；保持类目标：最新数据符合要求。
rule-slightly-behind = 数值类目标：进度不低于{ $low }，但不足{ $high }。
rule-behind = 数值类目标：进度不足{ $bound }；保持类目标：期限未满，最新数据不符合要求。
method-counts = 哪些计入，哪些不计入
method-no-zero = 没有数据不按零计算。没有任何报告的目标，无论过去多久，都标为“尚未报告”。
method-newest = 以日期最新的数据判定状态。多份公报报告同一天的数据时，以较新的公报为准，页面同时显示两者。
method-order = 多种情形同时成立时，按以下顺序取第一种：已实现、未实现、数据逾期未报、背离目标，最后才看进度。
method-period = 早于期限的数据予以显示但不计入；期限最后一天或之后的第一个数据即为定论，此后的数据予以显示但不计入；所属日期尚未到来的数据，自该日起计入。
method-bounds = 来源表述为“至少”“超过”时，按该数值计算。它可以证明目标已实现、进度正常或符合要求，但不能证明滞后、未实现或不符合要求。
method-withdrawn = 已撤回公报所报告的内容不计入，目标页面会予以说明。
method-revised = 公报可以调整目标值或截止日期，自公报发布之日起按新目标计算，页面同时显示新旧目标。
method-override = 公报可以另行评定状态并说明理由，页面同时显示两者；各项统计一律采用计算得出的状态，便于核对。之后如有新的报告，该评定即告终止。
method-expected = 设有报告周期（月、季度、半年、年）的目标，每隔一个周期应有一次数据，首次自期限开始时起算；未设报告周期的目标，只要求期末数据。
method-due = 数据应在所属日期之后{ $months }内公布，期末数据应在期限结束后{ $months }内公布；在此之前沿用上一次的状态。
method-rounding = 百分比和进度为便于阅读而四舍五入，计算时使用精确数值。
method-shares = 各状态的数量之和等于目标总数。百分比分别四舍五入取整，合计不一定为100。
method-examples = 计算示例
method-examples-text = 以下为虚构的2023年目标，每季度应报告一次数据，与真实目标由同一程序计算。
method-viewed-on = 查看日期
milestones-promised = { $to }前完成{ $count }个节点
method-version = 规则版本 { $version }
method-log-first = 首个版本。

## Pages that are gone, and errors

moved-title = 该页面已迁移
gone-title = 该公报已不再发布
gone-text = 本站保留该网址，通过原有链接仍可看到本说明。
expired-on = 该公报有效期至{ $date }。
removed-on = 该公报已于{ $date }撤下。
not-found-title = 页面不存在
not-found-text = 网址可能输入有误，或页面已移动。本站发布过的内容如有撤下，均会予以说明。
bad-request-title = 网址无效
bad-request-text = 网址中含有本站不使用的字符。请核对网址，或从以下页面开始浏览。
method-not-allowed-title = 本站仅供浏览
method-not-allowed-text = 本站只接受 GET 和 HEAD 请求。
server-error-title = 系统出现故障
server-error-text = 故障由本站引起，与您的操作无关。系统已记录，请稍后再试。
server-error-id = 如需反馈，请提供以下编号：
recovery-links = 您可以继续浏览
suggested-pages = 您要找的可能是
try-again = 重试

## Search

search = 搜索
search-hint = 搜索公报和目标
search-lead = 可搜索本站各种语言的全部公报、目标和页面。
search-tips = 怎样搜索
search-tip-words = 输入几个词即可，简体繁体、全角半角不影响结果。
search-tip-number = 数字的写法不影响结果：83000、83,000、8.3万。
search-tip-phrase = 加引号可以查找连在一起的词语：“新增就业”。
search-tip-minus = 用减号可以排除含有某个词的页面：住房 -租赁。
results-for = “{ $query }”：{ $results }
no-results-for = 没有找到与“{ $query }”相关的内容
search-everything = 全部内容
count-results = { $number }条结果
results-shown = 第{ $from }至{ $to }条，共{ $all }条
partial-results = 没有页面包含全部词语，以下页面包含部分词语。
unmatched-words = 本站没有页面包含：{ $words }。
rarest-words = 搜索内容较长，仅按其中最少见的{ $count }个词语显示结果。
ignored-words = 搜索内容过长，以下词语未参与搜索：{ $words }。
did-you-mean = 您要找的是不是：{ $query }
no-results-help = 请减少或更换词语，或从以下页面开始浏览。
previous-results = 上一页
next-results = 下一页
search-feed = 订阅此搜索
filter-results = 筛选和排序
filter-all = 全部
filter-kind = 类型
filter-kind-bulletin = 公报
filter-kind-goal = 目标
filter-kind-page = 页面
filter-year = 年份
without-filters = 清除筛选条件后搜索
sort-by = 排序
sort-by-relevance = 最相关
sort-by-date = 最新发布
search-preparing-title = 搜索功能正在准备
search-preparing-text = 几秒钟后即可使用，其间可照常浏览所有页面。
search-busy-title = 当前搜索人数较多
search-busy-text = 请稍后再试，其间可照常浏览所有页面。
search-failed-title = 搜索功能暂时无法使用
search-failed-text = 问题由本站引起，其间可照常浏览所有页面。
search-invalid-title = 搜索条件有误
query-too-long = 搜索内容最多{ $count }个字符，请适当删减。
unknown-page = 搜索结果没有“{ $page }”这一页。
unknown-filter = 无法按“{ $value }”筛选：本站没有这个选项。
unknown-order = 无法按“{ $value }”排序。
catalog-description = { $site }的目标、报告目标进展的公报和全部数据，以开放数据形式发布。
dataset-contents = 每条记录包含日期、数值或节点，以及报告该数据的官方公报；状态按公开规则计算得出。由{ $site }以CSV和JSON格式作为开放数据发布。
full-stop = 。
original-changed = 本译文可能不是最新：原文之后有改动。
read-original = 阅读原文

## Official documents

validity = 效力
validity-not-yet-in-force = 尚未施行
validity-in-force = 现行有效
validity-corrected = 已更正
validity-amended = 已修改
validity-repealed = 已废止
validity-lapsed = 已失效
validity-unknown = 未注明
in-force-from = 尚未施行，自{ $date }起施行
in-force-since = 现行有效，自{ $date }起施行
corrected-on = 现行有效，已于{ $date }更正
amended-from = 现行有效，自{ $date }起已作修改
repealed-from = 自{ $date }起废止
lapsed-after = 已失效，有效期至{ $date }
document-number = 发文字号
document-kind = 公文种类
document-kinds = 公文种类
document-index = 索引号
document-made = 成文日期
document-effective = 施行日期
document-until = 有效期至
document-relations = 相关文件
amends = 修改
repeals = 废止
corrects = 更正
explains = 解读
implements = 贯彻落实
answers = 答复
amended-by = 修改文件
repealed-by = 废止文件
corrected-by = 更正文件
explained-by = 相关解读
implemented-by = 落实文件
answered-by = 答复文件
issuer = 发文机关
bodies = 发文机关
topics = 主题
former-names = 曾用名
name-until = { $name }（至{ $date }）
contact-phone = 电话
contact-email = 电子邮箱
contact-site = 网站
contact-address = 地址
contact-hours = 办公时间

## Consultations

consultation = 征求意见
consultations = 征求意见
events = 活动安排
calendar-closes = 征求意见截止：{ $title }
calendar-opens = 征求意见开始：{ $title }
calendar-effective = 今日起施行：{ $title }
calendar-until = 有效期最后一天：{ $title }
calendar-cancelled = 已取消：{ $title }
calendar-due = 目标到期：{ $title }
contact = 联系方式
body = 机构
consultation-from = 征求意见开始
consultation-until = 征求意见截止
consultation-outcome = 结果
consultation-outcome-published = 已截止，结果已公布
consultations-closing = 一周内截止
consultations-open = 正在征求意见
consultations-to-come = 即将开始
consultations-closed = 已截止
consultation-opens = 将于{ $date }开始征求意见
consultation-open = 正在征求意见，{ $date }截止
consultation-closing = 即将截止，截止日期为{ $date }
consultation-closed = 征求意见已于{ $date }截止
consultation-extended = 已于{ $on }延期，原截止日期为{ $date }

## Citations

cite = 引用本页
cite-paragraph = 引用某一段
permanent-number = 永久编号
citation-in-words = { $authors }：{ $title }，{ $date }，{ $url }
cited-title = 《{ $title }》

## Frame

alerts = 紧急通告
alert-level-emergency = 紧急
alert-level-warning = 警告
alert-level-notice = 通知
report-mistake = 本页纠错
