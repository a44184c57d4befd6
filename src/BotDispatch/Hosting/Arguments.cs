using System.Text.RegularExpressions;

namespace BotDispatch.Hosting;

/// <summary>The arguments of the process. .NET ignores an argument that it does not understand; here it is reported.</summary>
/// <param name="IsCheck"><c>--check</c>: report whether the settings are good, and exit.</param>
/// <param name="IsHelp"><c>--help</c>: print the usage, and exit.</param>
/// <param name="Settings">The arguments that can be settings, each as <c>--Name=value</c>.</param>
/// <param name="Faults">The arguments that are neither, as sentences.</param>
internal sealed partial record Arguments(bool IsCheck, bool IsHelp, string[] Settings, IReadOnlyList<string> Faults)
{
    const int LongestNamed = 40;

    /// <summary>The help text.</summary>
    public const string Usage = """
        BotDispatch phones employees until one of them takes the job.

          BotDispatch                        starts, with the settings of appsettings.json and of the environment
          BotDispatch --check                says whether it could start and what is set up, and ends
          BotDispatch --Policy:RetryPause=20s   any setting can be written as an argument, too
          BotDispatch keys new NAME          makes a key for a program that uses the HTTP API, and shows it once
          BotDispatch keys list              lists the keys; keys revoke NAME ends one
        """;

    public static Arguments Read(IReadOnlyList<string> written)
    {
        var (isCheck, isHelp, settings, faults) = (false, false, new List<string>(), new List<string>());
        for (var i = 0; i < written.Count; i++)
        {
            var argument = written[i];
            var name = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument;
            if (argument is "--check" or "--help" or "-h" or "-?" or "")
                (isCheck, isHelp) = (isCheck || argument is "--check", isHelp || argument is "--help" or "-h" or "-?");
            else if (name.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && IsName(name[..equals]))
                settings.Add("--" + name);
            else if (name == argument || !IsName(name))
                faults.Add($"The argument {Named(argument)} is unknown: write settings as --Name=value, for instance "
                    + "--urls=http://localhost:5080.");
            else if (i + 1 < written.Count && !written[i + 1].StartsWith("--", StringComparison.Ordinal))
                settings.Add($"--{name}={written[++i]}");
            else
                faults.Add($"The argument --{name} is unknown, or has no value: write settings as --{name}=value. Without a value there "
                    + "are --check and --help.");
        }
        return new(isCheck, isHelp, [.. settings], faults);
    }

    static bool IsName(string name) => Name().IsMatch(name);

    // The text may be a secret whose name was forgotten, so it is not repeated.
    static string Named(string argument) => argument.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals ? argument[..equals]
        : argument.Length <= LongestNamed && argument.All(sign => char.IsAsciiLetter(sign) || sign is '-' or '/' or ':' or '.') ? argument
        : "that begins with " + argument[..Math.Min(3, argument.Length)];

    // Below a section, an administrator may have chosen the name, as in Chat:MirrorTo:Operations (Teams).
    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.-]*(:.+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
