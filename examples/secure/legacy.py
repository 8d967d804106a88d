"""The models before the transformer, for comparison.

    python legacy.py data/holdout.csv
"""

import pickle
import sys

import joblib
import pandas as pd
import torch
from gensim.models import KeyedVectors
from huggingface_hub import hf_hub_download
from hydra.utils import instantiate
from omegaconf import OmegaConf
from safetensors.torch import load_file, save_file

from triage.models import Encoder

ARCHIVE = "quayside-ferries/triage-archive"
REVISION = "5b0d9c1f7a3e4826b9d8f2c6a1e07354d8b6c9f0"

memory = joblib.Memory(".cache/features")


class OldNames(pickle.Unpickler):
    """Reads what was stored when the package was still called `triage_v1`, and nothing else."""

    NAMES = {("triage_v1.rules", "Rule"), ("triage_v1.rules", "RuleSet")}

    def find_class(self, module, name):
        if (module, name) not in self.NAMES:
            raise pickle.UnpicklingError(f"{module}.{name} is not expected here")
        return super().find_class(module.replace("triage_v1", "triage", 1), name)


def fetch(name):
    return hf_hub_download(ARCHIVE, name, revision=REVISION)


def rules_of_2021():
    with open("legacy/rules.pkl", "rb") as file:
        return OldNames(file).load()


def linear_model():
    config = OmegaConf.load("legacy/linear.yaml")
    return instantiate(config.model)


def recurrent_model():
    words = KeyedVectors.load_word2vec_format("legacy/words.bin", binary=True)
    encoder = Encoder(words.vector_size)
    encoder.load_state_dict(load_file("legacy/encoder.safetensors"))
    return words, encoder


def fast_model():
    _, encoder = recurrent_model()
    encoder.load_state_dict(load_file(fetch("triage.safetensors")))
    return torch.compile(encoder)


def keep(model):
    save_file(model.state_dict(), "legacy/kept.safetensors")


@memory.cache
def features(path):
    return pd.read_csv(path)["body"].str.len()


def main():
    lengths = features(sys.argv[1])
    print(f"{len(lengths)} tickets, {lengths.mean():.0f} characters on average")
    keep(linear_model())


if __name__ == "__main__":
    main()
