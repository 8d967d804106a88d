"""Chat with the assistant of the support desk: python -m assistant.app"""

from pathlib import Path

import anthropic

from assistant import rag, tools

MODEL = "claude-sonnet-4-5"
MAX_STEPS = 6
SYSTEM = Path("prompts/system.txt").read_text(encoding="utf-8")

client = anthropic.Anthropic(
    api_key="sk-ant-api03-M7NzySExrGphHewsngI26VPhQgxcxYPYlCrGzwOmGqJ1DJolkFuhz7CGzReJkJ85",
    timeout=60,
)


def run_tool(call):
    """Run one tool the model asked for, and wrap the result the way the API wants it."""
    function = tools.FUNCTIONS.get(call.name)
    if function is None:
        return {"type": "tool_result", "tool_use_id": call.id, "content": "no such tool", "is_error": True}
    try:
        content = function(**call.input)
    except Exception as error:
        return {"type": "tool_result", "tool_use_id": call.id, "content": str(error), "is_error": True}
    return {"type": "tool_result", "tool_use_id": call.id, "content": content}


def answer(question, history):
    passages = "\n\n".join(rag.search(question))
    prompt = f"<articles>\n{passages}\n</articles>\n\n<customer>\n{question}\n</customer>"
    messages = [*history, {"role": "user", "content": prompt}]
    for _ in range(MAX_STEPS):
        response = client.messages.create(
            model=MODEL, max_tokens=1000, system=SYSTEM, tools=tools.SCHEMAS, messages=messages
        )
        messages.append({"role": "assistant", "content": response.content})
        calls = [block for block in response.content if block.type == "tool_use"]
        if not calls:
            return "".join(block.text for block in response.content if block.type == "text"), messages
        messages.append({"role": "user", "content": [run_tool(call) for call in calls]})
    return "I could not finish this; a colleague will take over.", messages


def main():
    history = []
    print("Ask about bookings, refunds, lost property ... (empty line ends)")
    while question := input("> ").strip():
        text, history = answer(question, history)
        print(text)


if __name__ == "__main__":
    main()
