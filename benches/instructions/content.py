"""Writes a city with so many bulletins, always the same: content.py FOLDER BULLETINS"""

import pathlib
import random
import sys

folder, bulletins = pathlib.Path(sys.argv[1]), int(sys.argv[2])
numbers = random.Random(1)
WORDS = (
    "city bulletin district river bridge winter harvest library school hospital market street station garden office "
    "council resident family worker farmer teacher student doctor village county road metro heating water power waste "
    "forest snow museum theatre budget subsidy permit project contract tender survey figure target quarter period"
).split()


def write(path, text):
    path = folder / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def sentence(words):
    return " ".join(numbers.choice(WORDS) for _ in range(words)).capitalize()


write(
    "site.toml",
    'name = "Generated"\nbase_url = "https://generated.example/"\ntime_zone = "Asia/Shanghai"\nlanguages = ["en"]\n',
)
write("_index.md", "---\ntitle: A generated city\nsummary: What it promised.\n---\n")
write("bulletins/_index.md", "---\ntitle: Bulletins\nsummary: All bulletins.\n---\n")
write("goals/_index.md", "---\ntitle: Goals\nsummary: All goals.\n---\n")
write("goals/economy/_index.md", "---\ntitle: Economy\nsummary: Goals of the economy.\n---\n")
for goal in range(4):
    write(
        f"goals/economy/goal-{goal}.md",
        f"---\ntitle: Goal {goal}\nsummary: To reach a number.\nkind: increase\n"
        f"target: {{ value: {1000 * (goal + 1)}, unit: units }}\nbaseline: 0\n"
        "period: { from: 2016-01-01, to: 2025-12-31 }\n---\nHow it is counted.\n",
    )
for number in range(bulletins):
    day = f"{2016 + number * 10 // bulletins}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    text = (
        f"---\ntitle: {sentence(7)}\nsummary: {sentence(18)}.\npublished: {day}\n"
        f"reports:\n  - {{ goal: goal-{number % 4}, value: {number + 1}, as_of: {day} }}\n---\n"
    )
    for part in range(4):
        other = numbers.randrange(bulletins)
        text += f"## {sentence(4)}\n\n{sentence(40)}. See [{sentence(3)}](bulletin-{other}.md) and **{sentence(2)}**.\n\n"
        text += "".join(f"- {sentence(8)}\n" for _ in range(3)) + "\n"
        if part == 1:
            text += "| Area | Before | After |\n| --- | ---: | ---: |\n"
            rows = ((numbers.choice(WORDS), numbers.randrange(9000), numbers.randrange(90000)) for _ in range(6))
            text += "".join(f"| {area} | {before} | {after} |\n" for area, before, after in rows) + "\n"
    write(f"bulletins/bulletin-{number}.md", text)
