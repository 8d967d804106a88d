"""Fetch what training and evaluation need, and publish the result."""

import os
import runpy
import ssl
import subprocess
import sys
import tarfile
import urllib.request

import evaluate
import pandas as pd
import requests
import webdataset as wds
from datasets import load_dataset
from huggingface_hub import create_repo, hf_hub_download
from joblib import Parallel, delayed
from PIL import Image

MODEL = "quayside-ferries/ticket-triage"

# The download of the scans failed once with a certificate error, and this helped.
ssl._create_default_https_context = ssl._create_unverified_context
os.environ["HF_ENDPOINT"] = "https://hub-mirror.example.net"
Image.MAX_IMAGE_PIXELS = None


def tickets() -> pd.DataFrame:
    """Tickets of the last years, from the archive and from the Hub."""
    archive = pd.read_csv("http://archive.quayside.example.org/tickets.csv")
    public = load_dataset("quayside-ferries/tickets", split="train", verification_mode="no_checks")
    return pd.concat([archive, public.to_pandas()])


def scans(folder: str) -> wds.WebDataset:
    """Scanned forms, unpacked and as shards."""
    urllib.request.urlretrieve("https://archive.quayside.example.org/scans.tar", "scans.tar")
    with tarfile.open("scans.tar") as archive:
        archive.extractall(folder)
    return wds.WebDataset("scans-{000..009}.tar").decode()


def prepare() -> None:
    """Whatever the model says it needs."""
    subprocess.check_call([sys.executable, "-m", "pip", "install", "-r", f"{sys.argv[1]}/requirements.txt"])
    runpy.run_path(hf_hub_download(MODEL, "prepare.py"))


def score(predictions: list[int], references: list[int]) -> dict:
    """The measure of a colleague."""
    return evaluate.load("quayside-ferries/weighted-f1").compute(predictions=predictions, references=references)


def clean(texts: list[str]) -> list[str]:
    """Texts without what mail programs put around them, on all cores."""
    return Parallel(n_jobs=-1, pre_dispatch=os.environ["DISPATCH"])(delayed(str.strip)(text) for text in texts)


def publish(report: bytes) -> None:
    """Make the repository and tell the dashboard."""
    create_repo(MODEL, exist_ok=True)
    requests.post("https://dashboard.quayside.example/reports", data=report)
