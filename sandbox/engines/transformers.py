"""transformers and torch: scores a given text, and chats where llama.cpp has no wheel. The only file with torch.

`serve` is the child process (its HTTP side is app.py); `convert` unpacks a GGUF file into a folder for it.
It runs only files on this machine: never code from a model's folder, never the network.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

from sandbox.engines import app
from sandbox.engines.child import Parent
from sandbox.engines.engine import LocalEngine
from sandbox.engines.text import TextMaker, token_bytes_of
from sandbox.engines.wire import CHAT, Call, Chance, Chosen, Piece, Token, Usage, token_text

VOCAB_CHUNK = 4096  # rows of the output layer at a time: 10 MB in float32, which stays in the cache
SCORE_CHUNK = 64  # positions scored at a time; 67 MB of logits for Gemma's 262,144 tokens


class Transformers(LocalEngine):
    """A transformers model in a process of its own."""

    name = "transformers"
    capabilities = frozenset({"chat", "completions", "logprobs", "prompt_logprobs", "tokenize", "seed"})
    module = "sandbox.engines.transformers"


class Model:
    """A loaded model: cuts text into tokens, continues a text, scores a text. One call at a time."""

    def __init__(self, folder: Path, context: int, threads: int) -> None:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        torch.set_num_threads(threads)
        self.context = context
        self.tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False, local_files_only=True)
        self.model: Any = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.bfloat16, trust_remote_code=False, local_files_only=True, use_safetensors=True
        )
        self.model.eval()
        self.model.set_output_embeddings(_exact_head(self.model.get_output_embeddings().weight))

    def tokens(self, text: str, special: bool = True) -> list[Token]:
        """The tokens of `text`; `special` adds the mark of a text's beginning where the model has one."""
        ids = self.tokenizer(text, add_special_tokens=special)["input_ids"]
        return [Token(number, self._text(number)) for number in ids]

    def prompt_ids(self, call: Call) -> list[int]:
        """The token ids that the model reads for `call`."""
        if call.kind == CHAT:
            messages = [dict(message) for message in call.messages]
            text = self.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
            return list(self.tokenizer(text, add_special_tokens=False)["input_ids"])
        return list(self.tokenizer(call.prompt)["input_ids"])

    def generate(self, call: Call, ids: list[int], cancelled: Event) -> Iterator[Piece]:
        """The answer in pieces, the last with `finish` and `usage`; setting `cancelled` stops the work."""
        room = min(call.max_tokens, self.context - len(ids))
        steps: SimpleQueue[tuple[int, Chosen | None] | BaseException | None] = SimpleQueue()
        work = Thread(target=self._work, args=(call, ids, room, cancelled, steps), daemon=True)
        if room > 0:
            work.start()
        else:
            steps.put(None)
        maker, count, finish = TextMaker(self.tokenizer, call.stop), 0, "length"
        while (step := steps.get()) is not None:
            if isinstance(step, BaseException):
                raise step
            number, chosen = step
            count += 1
            if number in self._ends():
                finish = "stop"
                continue
            text = maker.add(number)
            yield Piece(text=text, chosen=(chosen,) if chosen else ())
            if maker.stopped:
                finish = "stop"
                cancelled.set()
                break
        if room > 0:
            work.join()
        yield Piece(text=maker.rest(), finish=finish, usage=Usage(len(ids), count))

    def score(self, ids: list[int], number: int) -> list[Any]:
        """vLLM's `prompt_logprobs`: for each token after the first, the `number` likeliest ones and itself."""
        import torch

        with torch.inference_mode():
            hidden = self.model.base_model(torch.tensor([ids])).last_hidden_state[0]
            rows: list[Any] = [None]
            for start in range(0, len(ids) - 1, SCORE_CHUNK):
                stop = min(start + SCORE_CHUNK, len(ids) - 1)
                chances = self._logprobs(hidden[start:stop])
                rows += [self._row(chances[at - start], ids[at + 1], number) for at in range(start, stop)]
        return rows

    def _row(self, chances: Any, chosen: int, number: int) -> dict[str, dict[str, Any]]:
        values, places = chances.topk(number)
        found = list(zip(places.tolist(), values.tolist(), range(1, number + 1), strict=True))
        if chosen not in places.tolist():
            logprob = chances[chosen].item()
            found.append((chosen, logprob, int((chances > logprob).sum()) + 1))
        return {
            str(place): {"logprob": value, "rank": rank, "decoded_token": self._text(place)}
            for place, value, rank in found
        }

    def _logprobs(self, hidden: Any) -> Any:
        logits = self.model.get_output_embeddings()(hidden)
        cap = getattr(self.model.config, "final_logit_softcapping", None)
        if cap:
            logits = (logits / cap).tanh() * cap
        return logits.log_softmax(-1)

    def _work(self, call: Call, ids: list[int], room: int, cancelled: Event, steps: SimpleQueue[Any]) -> None:
        """Run transformers' `generate` and put each step (token id, its chances) into `steps`, None at the end."""
        import torch

        recorder = _Recorder(call.logprobs, self._text)
        streamer = _Streamer(lambda number: steps.put((number, recorder.chosen(number))))
        try:
            torch.manual_seed(call.seed) if call.seed is not None else torch.seed()
            with torch.inference_mode():
                self.model.generate(
                    torch.tensor([ids]),
                    attention_mask=torch.ones(1, len(ids), dtype=torch.long),
                    max_new_tokens=room,
                    logits_processor=[recorder],
                    stopping_criteria=[lambda *_, **__: torch.tensor([cancelled.is_set()])],
                    streamer=streamer,
                    **_sampling(call),
                )
            steps.put(None)
        except BaseException as error:  # it belongs to the one who asked
            steps.put(error)

    def _ends(self) -> frozenset[int]:
        ends = self.model.generation_config.eos_token_id
        return frozenset(ends if isinstance(ends, list) else [ends])

    def _text(self, number: int) -> str:
        return token_text(token_bytes_of(self.tokenizer, number))


class _Recorder:
    """A logits processor that changes nothing: it keeps the chances of the step, before temperature and cuts."""

    def __init__(self, number: int | None, text: Callable[[int], str]) -> None:
        self.number = number
        self.text = text
        self.chances: Any = None

    def __call__(self, _ids: Any, scores: Any) -> Any:
        self.chances = scores[0].float().log_softmax(-1) if self.number is not None else None
        return scores

    def chosen(self, number: int) -> Chosen | None:
        """The chances of the step in which token `number` was chosen."""
        if self.chances is None:
            return None
        values, places = self.chances.topk(self.number or 0)
        pairs = zip(places.tolist(), values.tolist(), strict=True)
        top = tuple(Chance(self.text(place), value) for place, value in pairs)
        return Chosen(self.text(number), self.chances[number].item(), top)


class _Streamer:
    """What `generate` tells of each token; the first call is the prompt."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self.tell = tell
        self.begun = False

    def put(self, value: Any) -> None:
        """Take the prompt, then one token at a time."""
        if self.begun:
            self.tell(int(value[0]))
        self.begun = True

    def end(self) -> None:
        """Nothing more comes."""


def _sampling(call: Call) -> dict[str, Any]:
    """Temperature first, then top-k, then top-p, as vLLM and our llama.cpp engine do."""
    if call.temperature == 0:
        return {"do_sample": False, "temperature": None, "top_k": None, "top_p": None}
    return {"do_sample": True, "temperature": call.temperature, "top_k": call.top_k, "top_p": call.top_p}


def _exact_head(weight: Any) -> Any:
    """The output layer, computed in float32 from bfloat16 weights, some rows at a time.

    In bfloat16 a logit of 20 has steps of 0.125, so that likely words tie; float32 weights would cost 0.5 GB more.
    """
    import torch

    class ExactHead(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.weight = weight

        def forward(self, hidden: Any) -> Any:
            exact = hidden.float()
            logits = exact.new_empty(*exact.shape[:-1], len(self.weight))
            for at in range(0, len(self.weight), VOCAB_CHUNK):
                rows = self.weight[at : at + VOCAB_CHUNK].float()
                logits[..., at : at + VOCAB_CHUNK] = exact @ rows.T
            return logits

    return ExactHead()


def convert(weights: Path, out: Path) -> None:
    """Unpack a GGUF file into a folder with bfloat16 safetensors and the tokenizer."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    if hasattr(os, "nice"):
        os.nice(10)  # it runs beside a first visit, which matters more
    place: dict[str, Any] = {"gguf_file": weights.name, "local_files_only": True, "trust_remote_code": False}
    tokenizer = AutoTokenizer.from_pretrained(weights.parent, **place)
    model = AutoModelForCausalLM.from_pretrained(
        weights.parent, quantization_config=GgufConfig(dequantize=True), dtype=torch.bfloat16, **place
    )
    out.mkdir(parents=True)
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def main(arguments: list[str]) -> None:
    """`serve` one model until the gateway is gone, or `convert FILE FOLDER`."""
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "TOKENIZERS_PARALLELISM": "false"}
    parent = Parent()
    try:
        if arguments[0] == "convert":
            convert(Path(arguments[1]), Path(arguments[2]))
            return
        setup = parent.setup()
        model = Model(Path(setup.path), setup.context, setup.threads)
    except ImportError as error:
        parent.fail(f"{error}. Install the locked packages: pip install -r requirements.lock")
    except Exception as error:  # whatever transformers says of files it cannot read
        parent.fail(f"transformers stopped: {type(error).__name__}: {error}")
    app.serve(model, setup, parent)


if __name__ == "__main__":
    main(sys.argv[1:])
