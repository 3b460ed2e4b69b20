package coppice.api.projection;

import java.util.Map;
import java.util.Optional;

/// The projections of a database: of all its branches and versions, those from before the projection included.
/// Safe for use by many threads.
///
/// A definition is all that there is to a projection; the rest follows from it and from the rows, and is made when
/// it is needed, or beforehand in the background. So to create, change or drop one returns at once. One
/// exception: an index of unique columns is made for the working state of the current branch, and refused where
/// two rows of it are the same.
public interface Projections {
    /// The names and definitions, in the order of names.
    Map<String, ProjectionDefinition> all();

    /// A definition.
    Optional<ProjectionDefinition> find(String name);

    /// A definition as text, as [#create(String, String)] reads it.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    String text(String name);

    /// Creates a projection.
    ///
    /// @param name 1 to 64 letters, digits, `_`, `-` or `.`
    /// @throws coppice.api.DatabaseException.Incorrect when there is one of this name with another definition, or
    ///     the definition cannot be used: says where and why; or two rows of the current branch have the same
    ///     columns in an index where no two may
    void create(String name, ProjectionDefinition definition);

    /// Creates a projection that is written as text, of the grammar in `docs/guide/projections.md`:
    /// `FROM people WHERE status = 'active' INDEX BY role, age DESC`.
    void create(String name, String text);

    /// Gives a projection another definition, or creates it.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the definition cannot be used, or others that take rows
    ///     from it no longer can, or two rows of the current branch are the same where no two may
    void replace(String name, ProjectionDefinition definition);

    /// Gives a projection another definition that is written as text, or creates it.
    void replace(String name, String text);

    /// Removes a projection.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    /// @throws coppice.api.DatabaseException.Incorrect when another takes rows from it
    void drop(String name);

    /// How far a projection is.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    ProjectionStatus status(String name);

    /// Makes a projection for all states for which it is to be ready, and returns when it is.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when there is none of this name
    ProjectionStatus rebuild(String name);

    /// Takes what is pending of a projection out of the background's queue, and stops it in what it makes of it
    /// right now: until rows are written again, or it is rebuilt, it is made only for who asks, also after a
    /// restart.
    void cancel(String name);

    /// Makes the background rest until [#resume], also after a restart. What is asked for is made all the same.
    void pause();

    /// Makes the background go on.
    void resume();

    /// For how many versions back, by first parents from the head of each branch, projections are kept ready; 0
    /// unless told otherwise. Others are made when they are asked for.
    void keepVersions(int versions);
}
