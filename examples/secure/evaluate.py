"""Compare a checkpoint with the baseline it replaces, on the hold-out set.

    python evaluate.py checkpoints/last.pt
"""

import argparse
import hashlib
import json
from pathlib import Path

import joblib
import numpy as np
import torch
from sklearn.metrics import accuracy_score, f1_score
from transformers import AutoConfig, AutoModelForSequenceClassification

HOLDOUT = Path("data/holdout.npz")
BASELINE = Path("baseline/tfidf-2023.joblib")
BASELINE_SHA256 = "1c34d1fd5acf51ca15b24be72cdfc4110ea2f737c6f284308921ab48d7ffb873"


def load_checkpoint(path, map_location="cpu"):
    checkpoint = torch.load(path, map_location=map_location, weights_only=True)
    config = AutoConfig.from_pretrained("weights")
    model = AutoModelForSequenceClassification.from_config(config)
    model.load_state_dict(checkpoint["model"])
    return model.eval()


def load_baseline():
    """The scikit-learn pipeline of 2023, or None where it is not checked out."""
    if not BASELINE.exists():
        return None
    if hashlib.sha256(BASELINE.read_bytes()).hexdigest() != BASELINE_SHA256:
        raise ValueError(f"{BASELINE} is not the file we released in 2023")
    # guidelint-disable-next-line GL302: built by our release job, and its digest is checked above
    return joblib.load(BASELINE)


def predict(model, holdout):
    logits = []
    with torch.no_grad():
        for start in range(0, len(holdout["labels"]), 64):
            batch = {
                "input_ids": torch.from_numpy(holdout["input_ids"][start : start + 64]),
                "attention_mask": torch.from_numpy(holdout["attention_mask"][start : start + 64]),
            }
            logits.append(model(**batch).logits)
    return torch.cat(logits).argmax(dim=-1).numpy()


def scores(truth, guess):
    return {
        "accuracy": round(float(accuracy_score(truth, guess)), 3),
        "macro_f1": round(float(f1_score(truth, guess, average="macro")), 3),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint", type=Path)
    args = parser.parse_args()

    holdout = np.load(HOLDOUT)
    report = {"model": scores(holdout["labels"], predict(load_checkpoint(args.checkpoint), holdout))}
    baseline = load_baseline()
    if baseline is not None:
        report["baseline"] = scores(holdout["labels"], baseline.predict(holdout["texts"]))
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
