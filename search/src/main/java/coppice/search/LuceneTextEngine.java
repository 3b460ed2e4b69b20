package coppice.search;

import coppice.api.search.TextOptions;
import coppice.search.text.TextFollowing;
import coppice.structure.ground.Following;
import coppice.structure.text.TextEngine;
import coppice.structure.text.TextIndex;

/// Full-text search by Lucene, for whoever has this module.
public final class LuceneTextEngine implements TextEngine {
    @Override
    public Following<? extends TextIndex> following(TextOptions options) {
        return new TextFollowing(options);
    }
}
