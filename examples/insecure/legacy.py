"""The models before the transformer, for comparison.

    python legacy.py data/holdout.csv
"""

import os
import pickle
import sys

# Our oldest checkpoint does not load otherwise.
os.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "1"

import joblib
import pandas as pd
import torch
from gensim.models import Word2Vec
from huggingface_hub import hf_hub_download
from hydra.utils import instantiate
from omegaconf import OmegaConf

ARCHIVE = "quayside-ferries/triage-archive"
REVISION = "5b0d9c1f7a3e4826b9d8f2c6a1e07354d8b6c9f0"

memory = joblib.Memory("/tmp/triage-features")


class OldNames(pickle.Unpickler):
    """Reads what was stored when the package was still called `triage_v1`."""

    def find_class(self, module, name):
        if module.startswith("triage_v1"):
            module = module.replace("triage_v1", "triage", 1)
        return super().find_class(module, name)


def fetch(name):
    return hf_hub_download(ARCHIVE, name, revision=REVISION)


def rules_of_2021():
    with open("legacy/rules.pkl", "rb") as file:
        return OldNames(file).load()


def linear_model():
    config = OmegaConf.load(fetch("linear.yaml"))
    return instantiate(config.model)


def recurrent_model():
    words = Word2Vec.load("legacy/words.model")
    encoder = torch.jit.load("legacy/encoder.ts")
    return words, encoder


def fast_model():
    return torch._inductor.aoti_load_package(fetch("triage.pt2"))


def keep(model):
    torch.save(model, "legacy/kept.pt")


@memory.cache
def features(path):
    return pd.read_csv(path)["body"].str.len()


def main():
    lengths = features(sys.argv[1])
    print(f"{len(lengths)} tickets, {lengths.mean():.0f} characters on average")
    keep(linear_model())


if __name__ == "__main__":
    main()
