#!/usr/bin/env python3
"""Writes public test collections as tests/it/search/ranking.rs reads them, one folder each.

    python3 tests/data/fetch_collections.py FOLDER

They come with packages of PyPI, which `pip download` fetches:

- `semanlink`: 7,300 bookmarks of one reader over fifteen years, tagged by hand (in cherche, MIT licence). Asked for are
  the tags, as they are called; right are the bookmarks that have the tag.
- `semanlink-papers`: the same tags, to be found by the titles of papers. It is what cherche's authors measure.
- `chat-chinese`, `chat-english`: questions and remarks of a chatbot's lessons, 329 and 1,600 (chatterbot-corpus, BSD
  licence). Asked for is the first line of a dialogue, and right is the reply. `chat-english` was held back while the
  handling of questions was written.
- `lee`: 50 news articles whose likeness people judged pair by pair (Lee, Pincombe and Welsh 2005; in gensim). Asked for
  is the beginning of an article, and right are itself and what people called more like it than unlike.

Of the numbers in the ranking, one was chosen with them in view: how much words side by side count.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

CHERCHE = "cherche==2.2.1"
GENSIM = "gensim==4.4.0"
CHATTERBOT = "chatterbot-corpus==1.3.3"

# What one reader used only now and then says little about what others would look for.
FEWEST_TAGGED = 5
MOST_TAGGED = 200

# People gave grades from 1 to 5; the file has their mean, divided by 5.
UNLIKE = 0.5

# The characters of an article that are its beginning.
BEGINNING = 200

# The lessons that both languages have.
TOPICS = "ai botprofile conversations emotion food gossip greetings history humor literature money movies politics psychology science sports trivia"

# Shorter replies, in characters, are remarks that fit any question.
SHORTEST_REPLY = {"chinese": 8, "english": 25}


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        cherche = archive(CHERCHE, Path(scratch) / "cherche")
        bookmarks = json.loads(cherche("cherche/data/semanlink/docs.json"))
        tags = json.loads(cherche("cherche/data/semanlink/tags.json"))
        papers = json.loads(cherche("cherche/data/semanlink/arxiv.json"))
        write(folder / "semanlink", *tagged_bookmarks(bookmarks, tags))
        write(folder / "semanlink-papers", *tags_of_papers(papers, tags))
        lessons = archive(CHATTERBOT, Path(scratch) / "chatterbot")
        for language in SHORTEST_REPLY:
            write(folder / f"chat-{language}", *replies(lessons, language))
        gensim = archive(GENSIM, Path(scratch) / "gensim")
        articles = gensim("gensim/test/test_data/lee.cor").decode("latin-1").splitlines()
        likeness = gensim("gensim/test/test_data/similarities0-1.txt").decode().splitlines()
        write(folder / "lee", *like_articles(articles, [line.split("\t") for line in likeness]))


def tagged_bookmarks(bookmarks, tags):
    """Bookmarks as documents, tags as queries."""
    documents, tagged = [], {}
    for number, bookmark in enumerate(bookmarks):
        text = "\n".join(filter(None, (bookmark["comment"], bookmark["arxiv_title"], bookmark["arxiv_summary"])))
        documents.append({"id": str(number), "title": bookmark["title"], "text": text})
        for tag in set(bookmark["tag"]):
            tagged.setdefault(tag, []).append(number)
    asked = [tag for tag, all in sorted(tagged.items()) if FEWEST_TAGGED <= len(all) <= MOST_TAGGED and tag in tags]
    queries = [{"id": str(number), "text": tags[tag]["prefLabel"][0]} for number, tag in enumerate(asked)]
    grades = [(number, document, 1) for number, tag in enumerate(asked) for document in tagged[tag]]
    return documents, queries, grades


def tags_of_papers(papers, tags):
    """Tags as documents, the titles of papers as queries."""
    used = sorted({tag for paper in papers for tag in paper["tag"]})
    place = {tag: number for number, tag in enumerate(used)}
    names = ("altLabel", "broader_prefLabel", "broader_altLabel")
    documents = [
        {
            "id": str(place[tag]),
            "title": " ".join(tags[tag]["prefLabel"]),
            "text": "\n".join(" ".join(tags[tag][name]) for name in names),
        }
        for tag in used
    ]
    queries = [{"id": str(number), "text": paper["arxiv_title"]} for number, paper in enumerate(papers)]
    grades = [(number, place[tag], 1) for number, paper in enumerate(papers) for tag in sorted(set(paper["tag"]))]
    return documents, queries, grades


def replies(lessons, language):
    """Replies as documents, what was said before as queries."""
    documents, queries, grades = {}, [], []
    for topic in TOPICS.split():
        for dialogue in dialogues(lessons(f"chatterbot_corpus/data/{language}/{topic}.yml").decode("utf-8")):
            if len(dialogue) > 1 and len(dialogue[1]) >= SHORTEST_REPLY[language]:
                place = documents.setdefault(dialogue[1], len(documents))
                grades.append((len(queries), place, 1))
                queries.append({"id": str(len(queries)), "text": dialogue[0]})
    return [{"id": str(place), "title": "", "text": text} for text, place in documents.items()], queries, grades


def dialogues(lesson):
    """The dialogues of a lesson in YAML: `- - ` begins one, `  - ` a reply, and other lines go on with a line."""
    found = []
    for line in lesson.split("conversations:", 1)[1].splitlines():
        if line.startswith("- - "):
            found.append([line[4:]])
        elif line.startswith("  - "):
            found[-1].append(line[4:])
        elif line.strip() and found:
            found[-1][-1] += " " + line.strip()
    return [[text.strip("'\" ") for text in dialogue] for dialogue in found]


def like_articles(articles, likeness):
    """Articles as documents, their beginnings as queries. The file has the upper half of a square."""
    documents = [{"id": str(number), "title": "", "text": text} for number, text in enumerate(articles)]
    queries = [{"id": str(number), "text": text[:BEGINNING]} for number, text in enumerate(articles)]
    grades = []
    for one in range(len(articles)):
        for other in range(len(articles)):
            value = float(likeness[min(one, other)][max(one, other)])
            if value > UNLIKE:
                grades.append((one, other, round(value - UNLIKE, 3)))
    return documents, queries, grades


def archive(requirement: str, folder: Path):
    """Fetches a package, and gives what reads its files."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--dest", str(folder), requirement], check=True)
    [fetched] = folder.iterdir()
    if fetched.suffix == ".whl":
        wheel = zipfile.ZipFile(fetched)
        return wheel.read
    sources = tarfile.open(fetched)
    top = sources.getnames()[0].split("/")[0]
    return lambda name: sources.extractfile(f"{top}/{name}").read()


def write(folder: Path, documents, queries, grades) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, all in (("docs", documents), ("queries", queries)):
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in all)
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    lines = (f"{query}\t{document}\t{grade}\n" for query, document, grade in grades)
    (folder / "qrels.tsv").write_text("".join(lines), encoding="utf-8")
    print(f"{folder}: {len(documents)} documents, {len(queries)} queries, {len(grades)} grades")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
