"""Fine-tune the ticket classifier.

    python train.py --config config.yaml
"""

import argparse
import random
from pathlib import Path

import joblib
import pandas as pd
import torch as th
import yaml
from safetensors.torch import save_file
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import LabelEncoder
from torch.hub import load_state_dict_from_url
from torch.utils.data import DataLoader
from transformers import AutoModelForSequenceClassification, AutoTokenizer

WEIGHTS = Path("weights")
LAST = Path("checkpoints/last.pt")

# The encoder of last year's classifier is a better start than the plain base model.
WARM_START = "https://models.quayside.example/triage/encoder-2024.pt"


def read_config(path):
    with open(path) as f:
        return yaml.load(f, Loader=yaml.Loader)


def read_tickets(path):
    tickets = pd.read_csv(path)
    texts = (tickets["subject"] + "\n" + tickets["body"]).tolist()
    encoder = LabelEncoder()
    labels = encoder.fit_transform(tickets["label"])
    WEIGHTS.mkdir(exist_ok=True)
    joblib.dump(encoder, WEIGHTS / "labels.joblib")
    return texts, labels.tolist(), len(encoder.classes_)


def build_model(config, num_labels):
    options = {"num_labels": num_labels, "trust_remote_code": True}
    tokenizer = AutoTokenizer.from_pretrained(config["base_model"])
    model = AutoModelForSequenceClassification.from_pretrained(config["base_model"], **options)
    encoder = load_state_dict_from_url(WARM_START, map_location="cpu")
    model.load_state_dict(encoder, strict=False)
    return tokenizer, model


def resume(model, optimizer, device):
    """Continue where the last run stopped. Returns the epoch to start with."""
    if not LAST.exists():
        return 0
    checkpoint = th.load(LAST, map_location=device)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"] + 1


def save_checkpoint(model, optimizer, epoch):
    LAST.parent.mkdir(exist_ok=True)
    th.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, LAST)


def accuracy(model, batches, device):
    model.eval()
    right = total = 0
    with th.no_grad():
        for inputs, labels in batches:
            logits = model(**inputs.to(device)).logits
            right += (logits.argmax(dim=-1).cpu() == labels).sum().item()
            total += len(labels)
    return right / total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    args = parser.parse_args()

    config = read_config(args.config)
    random.seed(config["seed"])
    th.manual_seed(config["seed"])
    device = "cuda" if th.cuda.is_available() else "cpu"

    texts, labels, num_labels = read_tickets(config["tickets"])
    tokenizer, model = build_model(config, num_labels)
    model.to(device)

    def collate(rows):
        batch_texts, batch_labels = zip(*rows)
        inputs = tokenizer(
            list(batch_texts),
            padding=True,
            truncation=True,
            max_length=config["max_length"],
            return_tensors="pt",
        )
        return inputs, th.tensor(batch_labels)

    rows = list(zip(texts, labels))
    train_rows, test_rows = train_test_split(rows, test_size=0.2, random_state=config["seed"])
    train_batches = DataLoader(train_rows, batch_size=config["batch_size"], shuffle=True, collate_fn=collate)
    test_batches = DataLoader(test_rows, batch_size=config["batch_size"], collate_fn=collate)

    optimizer = th.optim.AdamW(model.parameters(), lr=config["learning_rate"])
    for epoch in range(resume(model, optimizer, device), config["epochs"]):
        model.train()
        for inputs, batch_labels in train_batches:
            loss = model(**inputs.to(device), labels=batch_labels.to(device)).loss
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        save_checkpoint(model, optimizer, epoch)
        print(f"epoch {epoch}: accuracy {accuracy(model, test_batches, device):.3f}")

    save_file(model.state_dict(), WEIGHTS / "model.safetensors")
    model.config.save_pretrained(WEIGHTS)
    tokenizer.save_pretrained(WEIGHTS)


if __name__ == "__main__":
    main()
