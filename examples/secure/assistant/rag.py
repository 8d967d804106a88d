"""The help articles as searchable passages."""

import json
from functools import cache
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

ARTICLES = Path("data/articles")
INDEX = Path("data/index")


@cache
def encoder():
    return SentenceTransformer(
        "sentence-transformers/all-MiniLM-L6-v2", revision="c9745ed1d9f207416be6d2e6f8de32d1f16199bf"
    )


def build():
    """Split the articles into paragraphs and store one vector for each."""
    passages = []
    for path in sorted(ARTICLES.glob("*.md")):
        title, *paragraphs = path.read_text(encoding="utf-8").split("\n\n")
        passages += [f"{title.lstrip('# ')}: {paragraph.strip()}" for paragraph in paragraphs]
    INDEX.mkdir(exist_ok=True)
    with open(INDEX / "passages.json", "w", encoding="utf-8") as f:
        json.dump(passages, f)
    np.save(INDEX / "vectors.npy", encoder().encode(passages, normalize_embeddings=True))


@cache
def load_index():
    with open(INDEX / "passages.json", encoding="utf-8") as f:
        passages = json.load(f)
    return passages, np.load(INDEX / "vectors.npy")


def search(question, k=3):
    """The k passages nearest to the question."""
    passages, vectors = load_index()
    scores = vectors @ encoder().encode(question, normalize_embeddings=True)
    return [passages[i] for i in np.argsort(-scores)[:k]]


if __name__ == "__main__":
    build()
