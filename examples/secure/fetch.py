"""Fetch what training and evaluation need, and publish the result."""

import hashlib
import tarfile
import urllib.request

import pandas as pd
import requests
import webdataset as wds
from datasets import load_dataset
from huggingface_hub import create_repo
from joblib import Parallel, delayed
from sklearn.metrics import f1_score

MODEL = "quayside-ferries/ticket-triage"
TICKETS_COMMIT = "3b9f0d7c5a1e4f2866d0c9b7a8e5f4132d6c7b90"
SCANS_SHA256 = "9d7f5c3a1b8e6042f4d2c0b9a7e5830164f2d0c8b6a49e7c5d3b1f0a8e6c4d2b"


def tickets() -> pd.DataFrame:
    """Tickets of the last years, from the archive and from the Hub."""
    archive = pd.read_csv("https://archive.quayside.example.org/tickets.csv")
    public = load_dataset("quayside-ferries/tickets", split="train", revision=TICKETS_COMMIT)
    return pd.concat([archive, public.to_pandas()])


def scans(folder: str) -> wds.WebDataset:
    """Scanned forms, unpacked and as shards."""
    urllib.request.urlretrieve("https://archive.quayside.example.org/scans.tar", "scans.tar")
    with open("scans.tar", "rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SCANS_SHA256:
            raise ValueError("scans.tar is not the archive that was reviewed")
    with tarfile.open("scans.tar") as archive:
        archive.extractall(folder, filter="data")
    return wds.WebDataset("scans-{000..009}.tar").decode("pil")


def score(predictions: list[int], references: list[int]) -> float:
    """The measure of a colleague, from a library that is pinned."""
    return f1_score(references, predictions, average="weighted")


def clean(texts: list[str]) -> list[str]:
    """Texts without what mail programs put around them, on all cores."""
    return Parallel(n_jobs=-1)(delayed(str.strip)(text) for text in texts)


def publish(report: bytes) -> None:
    """Make the repository and tell the dashboard."""
    create_repo(MODEL, exist_ok=True, private=True)
    requests.post("https://dashboard.quayside.example/reports", data=report, timeout=30)
