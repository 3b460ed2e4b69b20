package coppice.api.search;

/// Which function made vectors. Vectors of different ones cannot be compared.
///
/// @param name of the model, such as `all-minilm-l6`
/// @param version of it, of how it is called, and of how texts are made of documents
public record EmbeddingId(String name, String version) {
    /// @throws IllegalArgumentException when one of them is blank
    public EmbeddingId {
        if (name.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("An embedding has a name and a version, not '" + name + "' and '"
                    + version + "': the collection remembers by these what made its vectors");
        }
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
