using System.Collections.Immutable;

namespace BotDispatch.Files;

/// <summary>Something in a file that must be corrected by hand.</summary>
/// <param name="Line">From 1; 0 if it concerns the whole file.</param>
/// <param name="What">What is wrong, without repeating what stands there: it may be private.</param>
internal sealed record FileProblem(int Line, string What)
{
    /// <summary>As an administrator reads it.</summary>
    public string In(string path) => Line > 0 ? $"{path}, line {Line}: {What}" : $"{path}: {What}";
}

/// <summary>What a file holds. Its good entries count although others are bad: one bad entry never takes the others with it.</summary>
/// <param name="Items">The entries that can be used.</param>
/// <param name="Problems">What is wrong with the others, or with the file as a whole.</param>
internal sealed record FileContent<T>(ImmutableArray<T> Items, ImmutableArray<FileProblem> Problems)
{
    /// <summary>Whether there is anything to use: a good entry, or a list that is empty on purpose.</summary>
    public bool IsUsable => !Items.IsEmpty || Problems.IsEmpty;

    /// <summary>Nothing of the file can be used.</summary>
    public static FileContent<T> Broken(int line, string what) => new([], [new(line, what)]);
}
