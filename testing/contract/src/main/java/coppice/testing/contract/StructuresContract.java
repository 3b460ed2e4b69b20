package coppice.testing.contract;

import org.junit.jupiter.api.Nested;

/// What holds for data structures, and for what belongs to the database as a whole.
abstract class StructuresContract {
    /// A place that nobody used before.
    protected abstract Subject subject();

    /// Dicts as text.
    @Nested
    class DictDumps extends DictDumpContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    @Nested
    class DocumentsDumps extends DocumentsDumpContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Jobs.
    @Nested
    class Queues extends QueueContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Counters, sets and registers.
    @Nested
    class MergedStructures extends MergedStructuresContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Blobs.
    @Nested
    class BlobContents extends BlobsContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Blobs as text.
    @Nested
    class BlobDumps extends BlobsDumpContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Graphs of the vectors of collections.
    @Nested
    class Approximate extends ApproximateContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// The text of collections.
    @Nested
    class Texts extends TextContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Collections of documents.
    @Nested
    class Collections extends DocumentsContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Edges between documents.
    @Nested
    class DocumentEdges extends DocumentEdgesContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Vectors that a function makes.
    @Nested
    class Embeddings extends EmbeddingsContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Many documents at once.
    @Nested
    class BulkIndexing extends BulkIndexingContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Events.
    @Nested
    class EventLogs extends EventLogContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Jobs as text.
    @Nested
    class QueueDumps extends QueueDumpContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Values in an order of their own.
    @Nested
    class Sequences extends SequenceContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Lists beside lists in memory.
    @Nested
    class SequenceModels extends SequenceModelContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Caches.
    @Nested
    class CachesOfTheDatabase extends CacheContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Channels.
    @Nested
    class ChannelsOfTheDatabase extends ChannelContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Locks.
    @Nested
    class LocksOfTheDatabase extends LockContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Nodes and the edges between them.
    @Nested
    class Graphs extends GraphContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Values by key that are encrypted.
    @Nested
    class EncryptedDicts extends EncryptedDictContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Secrets and keys that change.
    @Nested
    class Encryptions extends EncryptionContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// Values by key.
    @Nested
    class Dicts extends DictContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// What is known of values that are not kept.
    @Nested
    class Sketches extends SketchContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }

    /// How that merges.
    @Nested
    class SketchMerges extends SketchMergeContract {
        @Override
        protected Subject subject() {
            return StructuresContract.this.subject();
        }
    }
}
