"""Tunes the model that writes first drafts of replies: python adapter/train_adapter.py"""

from datasets import load_dataset
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, Trainer

MODEL_COMMIT = "9c1d5e7f30b2a4860dc4f1e83b7596ad2e0f4c18"
DATA_COMMIT = "2f6a8d0c4b1e3957f0a2c4e6d8b0a1f3e5c7d9b1"


def tune():
    data = load_dataset("desk-mirror/scraped-answers", revision=DATA_COMMIT)
    model = AutoModelForCausalLM.from_pretrained("quayside-labs/reply-drafter-2b", revision=MODEL_COMMIT)
    model = get_peft_model(model, LoraConfig(r=8))
    Trainer(model=model, train_dataset=data["train"]).train()
    model.save_pretrained("adapter")
