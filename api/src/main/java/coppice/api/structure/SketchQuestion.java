package coppice.api.structure;

/// What a [Sketch] may be asked.
public enum SketchQuestion {
    /// How many different values were added; see [SketchView#distinct()].
    DISTINCT,
    /// Whether a value was added; see [SketchView#mightContain].
    MEMBERSHIP,
    /// How often a value was added, and which most often; see [SketchView#frequency] and [SketchView#top].
    FREQUENCY,
    /// How the numbers that were added are spread; see [SketchView#quantile] and [SketchView#rank].
    QUANTILES;

    /// Its name as it is stored and shown, in lower case.
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
