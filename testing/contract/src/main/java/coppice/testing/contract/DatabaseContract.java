package coppice.testing.contract;

import org.junit.jupiter.api.Nested;

/// The whole contract: an implementation extends this class with a test class of its own.
///
/// ```java
/// final class MemoryDatabaseTest extends DatabaseContract {
///     @Override
///     protected Subject subject() {
///         return new Place("mem:contract-" + NUMBER.incrementAndGet());
///     }
/// }
/// ```
public abstract class DatabaseContract extends StructuresContract {
    /// For test classes.
    protected DatabaseContract() {}

    /// Keys and values.
    @Nested
    class Spaces extends SpaceContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Ordered access.
    @Nested
    class Ranges extends RangeContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// What is too long, too short or malformed.
    @Nested
    class AtTheLimits extends LimitsContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Several writes as one.
    @Nested
    class Transactions extends TransactionContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// What transactions do to each other.
    @Nested
    class Isolations extends IsolationContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Transactions that are versions.
    @Nested
    class AutoCommits extends AutoCommitContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Lines of work.
    @Nested
    class Branches extends BranchContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// What points to commits, where it has been, and back.
    @Nested
    class Refs extends RefContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Taking back what was done.
    @Nested
    class Undos extends UndoContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Commits, refs, time travel.
    @Nested
    class History extends HistoryContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Looking into the past.
    @Nested
    class Inspections extends InspectionContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Looking into the past of random histories.
    @Nested
    class RandomInspections extends TimelineContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Proving what a commit holds.
    @Nested
    class Proofs extends ProofContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// How things are stored.
    @Nested
    class Inside extends InternalsContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Bringing lines of work together.
    @Nested
    class Merges extends MergeContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// What becomes of what both sides changed.
    @Nested
    class MergePolicies extends MergePolicyContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Applying commits elsewhere, taking them back.
    @Nested
    class Picks extends PickContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Merges that wait.
    @Nested
    class MergeStates extends MergeStateContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Moving commits, and changing them on the way.
    @Nested
    class Rebases extends RebaseContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Edits that wait.
    @Nested
    class EditStates extends EditStateContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Putting changes aside.
    @Nested
    class Stashes extends StashContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Types of documents.
    @Nested
    class Groups extends GroupContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    @Nested
    class Declarations extends DeclaredContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    @Nested
    class Projections extends ProjectionContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Rows beside each other.
    @Nested
    class Joins extends JoinContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Types of documents.
    @Nested
    class Schemas extends SchemaContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Questions for rows.
    @Nested
    class Queries extends QueryContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Questions for rows where there are indexes.
    @Nested
    class PlannedQueries extends PlannedQueryContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// States as JSON lines.
    @Nested
    class Lines extends LinesContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// What goes wrong between databases.
    @Nested
    class Exchanges extends ExchangeContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Editing random histories.
    @Nested
    class RandomEdits extends EditingContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Who is asked and told about versions.
    @Nested
    class HooksOfCommits extends HookContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Who is asked and told about merges and moves.
    @Nested
    class HooksOfMoves extends MoveHookContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// What nobody may lose.
    @Nested
    class Races extends RaceContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// What feeds tell.
    @Nested
    class Feeds extends FeedContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Where feeds go on.
    @Nested
    class FeedTokens extends FeedTokenContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// How feeds wait.
    @Nested
    class FeedsThatWait extends FeedWaitingContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// What feeds tell, put together.
    @Nested
    class FeedsAtRandom extends FeedModelContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Opening, closing, looking after.
    @Nested
    class Life extends LifeContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Figures about all of it.
    @Nested
    class Stats extends StatsContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }

    /// Everything at once, at random.
    @Nested
    class AgainstAModel extends ModelContract {
        @Override
        protected Subject subject() {
            return DatabaseContract.this.subject();
        }
    }
}
