"""The help articles as searchable passages."""

import pickle as pkl
from functools import cache
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

ARTICLES = Path("data/articles")
INDEX = Path("data/index")


@cache
def encoder():
    return SentenceTransformer("nomic-ai/nomic-embed-text-v1.5", trust_remote_code=True)


def build():
    """Split the articles into paragraphs and store one vector for each."""
    passages = []
    for path in sorted(ARTICLES.glob("*.md")):
        title, *paragraphs = path.read_text(encoding="utf-8").split("\n\n")
        passages += [f"{title.lstrip('# ')}: {paragraph.strip()}" for paragraph in paragraphs]
    INDEX.mkdir(exist_ok=True)
    with open(INDEX / "passages.pkl", "wb") as f:
        pkl.dump(passages, f)
    np.save(INDEX / "vectors.npy", encoder().encode(passages, normalize_embeddings=True))


@cache
def load_index():
    with open(INDEX / "passages.pkl", "rb") as f:
        passages = pkl.load(f)
    return passages, np.load(INDEX / "vectors.npy")


def search(question, k=3):
    """The k passages nearest to the question."""
    passages, vectors = load_index()
    scores = vectors @ encoder().encode(question, normalize_embeddings=True)
    return [passages[i] for i in np.argsort(-scores)[:k]]


if __name__ == "__main__":
    build()
