using System.Collections.Immutable;

namespace BotDispatch.Files;

/// <summary>Something in a file that a person must correct.</summary>
/// <param name="Line">The line, from 1; 0 if the problem concerns the whole file.</param>
/// <param name="What">What is wrong. It never repeats the text of the file, which may be private.</param>
internal sealed record FileProblem(int Line, string What)
{
    /// <summary>Returns the problem with its place, for an administrator.</summary>
    public string In(string path) => Line > 0 ? $"{path}, line {Line}: {What}" : $"{path}: {What}";
}

/// <summary>The content of a file. Bad entries do not affect the good ones.</summary>
/// <param name="Items">The usable entries.</param>
/// <param name="Problems">What is wrong with the other entries, or with the whole file.</param>
internal sealed record FileContent<T>(ImmutableArray<T> Items, ImmutableArray<FileProblem> Problems)
{
    /// <summary>Whether there is something to use: a good entry, or a list that is empty on purpose.</summary>
    public bool IsUsable => !Items.IsEmpty || Problems.IsEmpty;

    /// <summary>Returns the content of a file without a usable entry.</summary>
    public static FileContent<T> Broken(int line, string what) => new([], [new(line, what)]);
}
