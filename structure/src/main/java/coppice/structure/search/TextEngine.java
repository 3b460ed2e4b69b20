package coppice.structure.text;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.search.TextOptions;
import coppice.structure.ground.Following;
import java.util.ServiceLoader;

/// Makes indexes of the text of documents. Found by [ServiceLoader], so that who searches no text needs no library
/// for it. Safe for use by many threads.
public interface TextEngine {
    /// The index that follows from the rows of a collection: keys are ids, values are documents in JSON.
    ///
    /// @throws IllegalArgumentException for options that it cannot follow, such as those of a language that it
    ///     does not know; it says what it knows
    Following<? extends TextIndex> following(TextOptions options);

    /// The one that is there.
    ///
    /// @throws DatabaseException.Incorrect when there is none
    static TextEngine found() {
        return Found.ENGINE.orElseThrow(() -> new DatabaseException.Incorrect(
                ErrorCode.NO_SEARCH,
                "Text cannot be searched here: there is no module for it. Add dev.coppice:coppice-search to the class"
                        + " or module path"));
    }

    /// Looked for once.
    final class Found {
        private static final java.util.Optional<TextEngine> ENGINE = ServiceLoader.load(
                        TextEngine.class, TextEngine.class.getClassLoader())
                .findFirst();

        private Found() {}
    }
}
