package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.CatalogResolver.SpaceConflict;
import coppice.kernel.tree.ConflictResolver;
import coppice.kernel.tree.MergeConflict;
import coppice.kernel.tree.MergeResult;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Resolution;
import coppice.kernel.tree.Tree;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a merge of two catalogs ended; see [Catalog#merge].
///
/// @param catalog the merged catalog; where a conflict is unresolved it has what our side has
/// @param conflicts how many keys, and spaces as a whole, both sides changed differently
/// @param unresolved for how many of them the resolver decided nothing
public record CatalogMerge(Catalog catalog, long conflicts, long unresolved) {

    static CatalogMerge merge(Catalog base, Catalog ours, Catalog theirs, CatalogResolver resolver, boolean writing) {
        Spaces spaces = new Spaces(ours.tree().nodes(), resolver, writing);
        if (writing) {
            Tree merged = ours.tree().merge(base.tree(), theirs.tree(), spaces).tree();
            return new CatalogMerge(Catalog.of(merged), spaces.conflicts, spaces.unresolved);
        }
        ours.tree().mergeConflicts(base.tree(), theirs.tree(), spaces);
        return new CatalogMerge(ours, spaces.conflicts, spaces.unresolved);
    }

    /// To the tree of a catalog, a space that both sides changed is one conflicting key: this merges the
    /// space and gives the tree its new record.
    private static final class Spaces implements ConflictResolver {
        private final Nodes nodes;
        private final CatalogResolver resolver;
        private final boolean writing;
        private long conflicts;
        private long unresolved;

        Spaces(Nodes nodes, CatalogResolver resolver, boolean writing) {
            this.nodes = nodes;
            this.resolver = resolver;
            this.writing = writing;
        }

        @Override
        public Resolution resolve(MergeConflict conflict) {
            String name = Catalog.name(conflict.key());
            SpaceRecord base = record(name, conflict.base());
            SpaceRecord ours = record(name, conflict.ours());
            SpaceRecord theirs = record(name, conflict.theirs());
            if (ours != null && theirs != null && !ours.kind().equals(theirs.kind())) {
                return asWhole(new SpaceConflict(name, base, ours, theirs));
            }
            SpaceRecord present = ours != null ? ours : Objects.requireNonNull(theirs, "a side of a conflict");
            if (base != null && !base.kind().equals(present.kind())) {
                // Both sides began it anew, as something else.
                base = null;
            }
            Hash baseSchema = schema(base);
            Hash ourSchema = schema(ours);
            Hash theirSchema = schema(theirs);
            boolean ourSchemaStands = Objects.equals(ourSchema, theirSchema) || Objects.equals(baseSchema, theirSchema);
            if (!ourSchemaStands && !Objects.equals(baseSchema, ourSchema)) {
                return asWhole(new SpaceConflict(name, base, ours, theirs));
            }
            Hash schema = ourSchemaStands ? ourSchema : theirSchema;
            return rows(name, present.kind(), schema, base, ours, theirs);
        }

        private Resolution rows(
                String name,
                String kind,
                @Nullable Hash schema,
                @Nullable SpaceRecord base,
                @Nullable SpaceRecord ours,
                @Nullable SpaceRecord theirs) {
            Tree baseRows = Catalog.rows(nodes, base);
            Tree ourRows = Catalog.rows(nodes, ours);
            Tree theirRows = Catalog.rows(nodes, theirs);
            ConflictResolver rows = conflict -> resolver.row(name, conflict);
            if (!writing) {
                conflicts += ourRows.mergeConflicts(baseRows, theirRows, rows);
                return new Resolution.Unresolved();
            }
            MergeResult merged = ourRows.merge(baseRows, theirRows, rows);
            conflicts += merged.conflicts();
            unresolved += merged.unresolved();
            // Rows that outlive the removal of their space, because a conflict was decided so, keep their schema.
            boolean outlived =
                    (ours == null || theirs == null) && !merged.tree().isEmpty();
            Hash kept = outlived ? schema(ours == null ? theirs : ours) : schema;
            SpaceRecord record = SpaceRecord.of(kind, merged.tree(), kept);
            return record.isVoid() ? new Resolution.Delete() : new Resolution.Take(record.encode());
        }

        private Resolution asWhole(SpaceConflict conflict) {
            conflicts++;
            return switch (resolver.space(conflict)) {
                case OURS -> new Resolution.Ours();
                case THEIRS -> new Resolution.Theirs();
                case UNRESOLVED -> {
                    unresolved++;
                    yield new Resolution.Unresolved();
                }
            };
        }

        private static @Nullable SpaceRecord record(String name, byte @Nullable [] bytes) {
            return bytes == null ? null : SpaceRecord.decode(name, bytes);
        }

        private static @Nullable Hash schema(@Nullable SpaceRecord record) {
            return record == null ? null : record.schema();
        }
    }
}
