"""How sure a share is: Wilson's interval for a number of right ones among those looked at.

Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209–212.
"""

import math

Z95 = 1.959964  # two-sided 95 %


def wilson(right: int, seen: int, z: float = Z95) -> tuple[float, float]:
    """The interval, within 0 and 1, in which the true share lies with 95 % confidence; (0, 1) where nothing was seen.

    >>> [round(x, 3) for x in wilson(9, 10)], wilson(0, 0)
    ([0.596, 0.982], (0.0, 1.0))
    """
    if not seen:
        return 0.0, 1.0
    share, square = right / seen, z * z
    centre = (share + square / (2 * seen)) / (1 + square / seen)
    half = z / (1 + square / seen) * math.sqrt(share * (1 - share) / seen + square / (4 * seen * seen))
    return max(0.0, centre - half), min(1.0, centre + half)
