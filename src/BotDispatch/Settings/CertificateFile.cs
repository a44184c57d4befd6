using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BotDispatch.Settings;

/// <summary>A certificate with which an app gets tokens: a PFX file, or a PEM file with the private key.</summary>
internal static class CertificateFile
{
    // https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-: ERROR_INVALID_PASSWORD, which .NET reports on every
    // system.
    const int InvalidPassword = unchecked((int)0x80070056);

    /// <summary>Throws the exceptions of .NET if the file, the password or the key is wrong.</summary>
    public static X509Certificate2 Load(string path, string password) => (IsPem(path), password.Length > 0) switch
    {
        (true, true) => X509Certificate2.CreateFromEncryptedPemFile(path, password),
        (true, false) => X509Certificate2.CreateFromPemFile(path),
        _ => X509CertificateLoader.LoadPkcs12FromFile(path, password),
    };

    /// <summary>
    /// Returns what is wrong with the settings of a certificate, and what to do; null if it can be used now. Never repeats the password.
    /// </summary>
    /// <param name="setting">The setting that names the file, as <c>Teams:CertificatePath</c>; that of its password ends in
    /// <c>Password</c> instead of <c>Path</c>.</param>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password; empty if it has none.</param>
    /// <param name="now">The moment, in wall time.</param>
    public static string? ProblemWith(string setting, string path, string password, DateTimeOffset now)
    {
        if (!File.Exists(path))
            return $"{setting} is {path}: there is no such file.";
        try
        {
            if (IsPem(path) && ProblemWithPem(setting, path, File.ReadAllText(path), password.Length > 0) is { } problem)
                return problem;
            using var certificate = Load(path, password);
            return ProblemWith(setting, path, certificate, now);
        }
        catch (CryptographicException wrong) when (wrong.HResult == InvalidPassword || (IsPem(path) && password.Length > 0))
        {
            return password.Length > 0
                ? $"{PasswordOf(setting)} does not open {path}: write the password that the file was exported with."
                : $"{PasswordOf(setting)} is missing, and {path} is locked: write the password that the file was exported with.";
        }
        catch (CryptographicException)
        {
            return IsPem(path)
                ? $"{setting} is {path}: its private key cannot be read, or belongs to another certificate."
                : $"{setting} is {path}: it is not a PFX file. A PEM file must be called .pem, .crt or .cer.";
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return $"{setting} is {path}: it cannot be read. Let the account of this process read it.";
        }
    }

    /// <summary>Returns what is wrong with a certificate that was loaded, and what to do; null if it can be used now.</summary>
    public static string? ProblemWith(string setting, string path, X509Certificate2 certificate, DateTimeOffset now)
    {
        if (!certificate.HasPrivateKey)
            return $"{setting} is {path}: it holds no private key. Export the certificate with its private key.";
        if (certificate.NotAfter.ToUniversalTime() < now.UtcDateTime)
            return $"{setting} is {path}: the certificate expired on {Day(certificate.NotAfter)}. Make a new one, and "
                + "upload its public part to the app registration.";
        return certificate.NotBefore.ToUniversalTime() > now.UtcDateTime
            ? $"{setting} is {path}: the certificate is not valid before {Day(certificate.NotBefore)}. Check this "
                + "machine's clock."
            : null;
    }

    static string? ProblemWithPem(string setting, string path, string text, bool hasPassword) => (
        text.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal), text.Contains("PRIVATE KEY", StringComparison.Ordinal),
            text.Contains("ENCRYPTED", StringComparison.Ordinal)) switch
    {
        (false, _, _) => $"{setting} is {path}: it holds no certificate.",
        (_, false, _) => $"{setting} is {path}: it holds no private key. Put the private key into the same file.",
        (_, _, true) when !hasPassword =>
            $"{PasswordOf(setting)} is missing, and the private key in {path} is locked: write its password.",
        (_, _, false) when hasPassword =>
            $"{PasswordOf(setting)} is set, but the private key in {path} is not locked: remove the password.",
        _ => null,
    };

    static string Day(DateTime moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static bool IsPem(string path) => Path.GetExtension(path).ToUpperInvariant() is ".PEM" or ".CRT" or ".CER";

    static string PasswordOf(string setting) => setting[..^"Path".Length] + "Password";
}
