"""A monthly series of whole years taken apart into trend, season and noise, and how long the noise lasts."""

import math

from place_data.sources import MONTHS_PER_YEAR, mean


class Decomposition:
    """A monthly series of whole years as trend, season and noise.

    ln(value) = level + trend × years + effect of the calendar month + noise, by least squares.
    With whole years the estimate has a closed form: the trend is the slope of the yearly means of
    the logarithm, and the effect of a month is its mean after the trend has been taken out.
    """

    def __init__(self, values):
        slope, effects, self.noise = fit([math.log(value) for value in values])
        self.trend = math.expm1(slope)
        raw = [math.exp(effect) for effect in effects]
        self.season = [value / mean(raw) for value in raw]

    def coefficient_of_variation(self):
        """Standard deviation of the noise in logarithms, 13 degrees of freedom being used up."""
        return math.sqrt(math.fsum(e * e for e in self.noise) / (len(self.noise) - MONTHS_PER_YEAR - 1))

    def autocorrelation(self):
        """Correlation of the noise with that of the month before."""
        pairs = zip(self.noise, self.noise[1:])
        return math.fsum(a * b for a, b in pairs) / math.fsum(e * e for e in self.noise)


def fit(logs):
    """Slope per year, effects of the calendar months and what is left of a series of logarithms."""
    years, rest = divmod(len(logs), MONTHS_PER_YEAR)
    if rest or years < 2:
        raise ValueError(f"{len(logs)} months are not two or more whole years")
    centre = (years - 1) / 2
    yearly = [mean(logs[12 * y : 12 * y + 12]) for y in range(years)]
    slope = math.fsum((y - centre) * yearly[y] for y in range(years)) / math.fsum(
        (y - centre) ** 2 for y in range(years)
    )
    flat = [value - slope * month / MONTHS_PER_YEAR for month, value in enumerate(logs)]
    effects = [mean(flat[month::12]) for month in range(MONTHS_PER_YEAR)]
    return slope, effects, [value - effects[month % 12] for month, value in enumerate(flat)]


def persistence(autocorrelation, months):
    """The AR(1) coefficient whose noise, fitted over so many months, leaves that autocorrelation.

    The fit takes part of any lasting deviation for trend and season, so that the autocorrelation of
    what is left is too low. What it comes to is taken as the ratio of the expected sums, from the
    covariance of the noise; the coefficient is found by halving, between 0 and 0.999.
    """
    left = [fit([float(month == other) for other in range(months)])[2] for month in range(months)]
    low, high = 0.0, 0.999
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if expected(left, middle) < autocorrelation else (low, middle)
    return (low + high) / 2


def expected(left, coefficient):
    """Ratio of expected sums Σ eₜ eₜ₋₁ / Σ eₜ²; `left[k]` is what the fit leaves of a unit in month k."""
    months = range(len(left))
    spread = [
        [math.fsum(left[k][i] * coefficient ** abs(k - j) for k in months) for j in months] for i in months
    ]

    def covariance(i, j):
        return math.fsum(spread[i][k] * left[k][j] for k in months)

    return math.fsum(covariance(i, i - 1) for i in months[1:]) / math.fsum(covariance(i, i) for i in months)
