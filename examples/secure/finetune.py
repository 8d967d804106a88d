"""Go on with the training of last year's classifier: python finetune.py"""

from huggingface_hub import login, snapshot_download
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

MODEL_ID = "quayside-ferries/ticket-triage"
COMMIT = "4e8b27c91fd05a3362b7e0d4a9815cf06d3e72ab"


def finetune(dataset):
    login()
    folder = snapshot_download(MODEL_ID, revision=COMMIT, allow_patterns=["*.json", "*.safetensors"])
    model = AutoModelForSequenceClassification.from_pretrained(folder)
    arguments = TrainingArguments("checkpoints", report_to="none", push_to_hub=True, hub_private_repo=True)
    trainer = Trainer(model=model, args=arguments, train_dataset=dataset)
    trainer.train()
    model.save_pretrained("weights")
