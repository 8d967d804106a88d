"""The classifier as a small web service: uvicorn serve:app"""

import json
import os
from pathlib import Path

import torch
from fastapi import FastAPI
from huggingface_hub import hf_hub_download
from pydantic import BaseModel, Field
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

MODEL_ID = "quayside-ferries/ticket-triage"
MODEL_REVISION = "4e8b27c91fd05a3362b7e0d4a9815cf06d3e72ab"
WEIGHTS = Path("weights")
UNSORTED = "unsorted"
MIN_CONFIDENCE = 0.6

app = FastAPI(title="Quayside triage")


class Ticket(BaseModel):
    subject: str = Field(max_length=300)
    body: str = Field(max_length=10_000)


def fetch_weights():
    """Download the released weights once; later starts find them on disk."""
    path = WEIGHTS / "model.safetensors"
    if not path.exists():
        hf_hub_download(
            MODEL_ID, path.name, revision=MODEL_REVISION, local_dir=WEIGHTS, token=os.environ["HF_TOKEN"]
        )
    return path


def load_labels():
    return json.loads((WEIGHTS / "labels.json").read_text())


tokenizer = AutoTokenizer.from_pretrained("weights")
model = AutoModelForSequenceClassification.from_config(AutoConfig.from_pretrained("weights"))
model.load_state_dict(load_file(fetch_weights()))
model.eval()
labels = load_labels()


@app.post("/triage")
def triage(ticket: Ticket):
    if os.environ.get("TRIAGE") == "off":
        return {"label": UNSORTED, "confidence": 0.0}
    text = f"{ticket.subject}\n{ticket.body}"
    inputs = tokenizer(text, truncation=True, max_length=256, return_tensors="pt")
    with torch.no_grad():
        probabilities = model(**inputs).logits.softmax(dim=-1)[0]
    best = int(probabilities.argmax())
    confidence = round(float(probabilities[best]), 3)
    return {"label": labels[best] if confidence >= MIN_CONFIDENCE else UNSORTED, "confidence": confidence}


@app.get("/health")
def health():
    return {"status": "ok", "labels": labels}
