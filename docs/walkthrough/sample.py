# Guidelint sample: nothing here is run, and nothing is saved unless you save it.
# Hover over what is underlined, then put the cursor there and open the light bulb.
import subprocess

import torch
from openai import OpenAI
from transformers import AutoModelForCausalLM


def load(path: str):
    weights = torch.load(path, weights_only=False)
    model = AutoModelForCausalLM.from_pretrained("example/assistant", trust_remote_code=True)
    model.load_state_dict(weights)
    return model


def tidy_up(request: str) -> None:
    client = OpenAI()
    reply = client.responses.create(model="example", input=f"Write a shell command that does this: {request}")
    subprocess.run(reply.output_text, shell=True)
