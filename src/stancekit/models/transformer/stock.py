"""Mean pooling and a linear head, expressed as a stock `transformers` sequence classifier.

Stock BERT-like classifiers read the first token only. The mean of the token vectors can still be had without code of our
own, by one more encoder layer of fixed weights:

- queries and keys are 0, so that every token attends to all alike, and values are copied: attention gives the mean m;
- its output has, times 2^26, the logits Wm, then -Wm, then +2^12 and -2^12 in turn. So large, the residual connection is lost
  in rounding, and the layer norm, whose mean is 0 and whose deviation is all but constant, divides by a known number;
- the feed-forward part is 0, which leaves a second layer norm with nothing to do;
- the dense layer that follows, half of Wm less half of -Wm, is so small that tanh leaves it as it is, and the classifier
  scales it back and adds the bias.

In float32 the probabilities are those of the mean and the head to about 1e-7 (1e-6 where logits go beyond 50). In float16 the large
numbers overflow.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

_LARGE, _LEVEL, _SMALL = 2.0**26, 2.0**12, 2.0**-6


@dataclass(frozen=True)
class _Names:
    """What an architecture calls its classifier's class, the dense layer with the tanh, and the last one."""

    architecture: str
    dense: str
    out: str


_KNOWN = {
    "bert": _Names("BertForSequenceClassification", "bert.pooler.dense", "classifier"),
    "roberta": _Names("RobertaForSequenceClassification", "classifier.dense", "classifier.out_proj"),
    "xlm-roberta": _Names("XLMRobertaForSequenceClassification", "classifier.dense", "classifier.out_proj"),
}


def stock_classifier(encoder: Any, head: Any, labels: list[str]) -> tuple[Any, dict[str, Any]] | None:
    """(config, the weights beside the encoder's) of a stock sequence classifier that does what `encoder` and `head` do.

    `None` for an architecture that is not known, or with too few dimensions for so many labels. Parameters of the encoder
    keep their names under its `base_model_prefix`.
    """
    import torch

    config, size, k = encoder.config, encoder.config.hidden_size, len(labels)
    level = (size - 2 * k) // 2 * 2
    if (names := _KNOWN.get(config.model_type)) is None or level <= 0:
        return None
    made = deepcopy(config)
    made.architectures, made.num_hidden_layers = [names.architecture], config.num_hidden_layers + 1
    made.id2label, made.label2id = dict(enumerate(labels)), {label: i for i, label in enumerate(labels)}
    made.problem_type = "single_label_classification"

    def zeros(*shape: int) -> Any:
        return torch.zeros(*shape)

    mean_then_head, levels = zeros(size, size), zeros(size)
    mean_then_head[:k], mean_then_head[k : 2 * k] = _LARGE * head.weight.detach(), -_LARGE * head.weight.detach()
    levels[2 * k : 2 * k + level : 2], levels[2 * k + 1 : 2 * k + level : 2] = _LARGE * _LEVEL, -_LARGE * _LEVEL
    # What the two layer norms divide the logits by.
    divided = _LEVEL * (level / size * (1 + config.layer_norm_eps)) ** 0.5
    dense, out, index = zeros(size, size), zeros(k, size), range(k)
    dense[index, index], dense[index, range(k, 2 * k)] = _SMALL / 2, -_SMALL / 2
    out[index, index] = divided / _SMALL
    wide, layer = config.intermediate_size, f"{encoder.base_model_prefix}.encoder.layer.{config.num_hidden_layers}."
    parts = {
        f"{layer}attention.self.query": (zeros(size, size), zeros(size)),
        f"{layer}attention.self.key": (zeros(size, size), zeros(size)),
        f"{layer}attention.self.value": (torch.eye(size), zeros(size)),
        f"{layer}attention.output.dense": (mean_then_head, levels),
        f"{layer}attention.output.LayerNorm": (torch.ones(size), zeros(size)),
        f"{layer}intermediate.dense": (zeros(wide, size), zeros(wide)),
        f"{layer}output.dense": (zeros(size, wide), zeros(size)),
        f"{layer}output.LayerNorm": (torch.ones(size), zeros(size)),
        names.dense: (dense, zeros(size)),
        names.out: (out, head.bias.detach().clone()),
    }
    weights = {f"{name}.weight": weight for name, (weight, _) in parts.items()}
    return made, weights | {f"{name}.bias": bias for name, (_, bias) in parts.items()}
