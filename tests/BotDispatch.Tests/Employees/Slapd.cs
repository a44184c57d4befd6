using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BotDispatch.Tests.Employees;

/// <summary>A fact about a real OpenLDAP server; says so aloud where slapd is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlapdFactAttribute : FactAttribute
{
    public SlapdFactAttribute() => Skip = Slapd.Program is null ? "slapd is not installed: install Debian's slapd to read people from a real directory server." : null;
}

/// <summary>An OpenLDAP server of its own, on a port of its own, with some people. It is deleted at the end.</summary>
internal sealed class Slapd : IDisposable
{
    /// <summary>As for everybody else, a search of theirs ends after 500 entries.</summary>
    public const string Reader = "cn=reader,dc=example,dc=org";
    /// <summary>May read everything.</summary>
    public const string Unlimited = "cn=unlimited,dc=example,dc=org";
    public const string Password = "for this test alone";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("botdispatch-slapd-");
    Process? process;

    public Slapd(int people)
    {
        (Port, SecurePort) = (FreePort(), FreePort());
        Directory.CreateDirectory(Path.Combine(folder.FullName, "data"));
        Trust = Directory.CreateDirectory(Path.Combine(folder.FullName, "trust")).FullName;
        WriteCertificates();
        File.WriteAllText(Path.Combine(folder.FullName, "slapd.conf"), $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            TLSCertificateFile {folder.FullName}/server.pem
            TLSCertificateKeyFile {folder.FullName}/server.key
            TLSCACertificateFile {Trust}/authority.pem
            database mdb
            suffix "dc=example,dc=org"
            directory {folder.FullName}/data
            limits dn.exact="{Unlimited}" size=unlimited
            access to attrs=userPassword by anonymous auth
            access to * by users read by anonymous auth
            """);
        var ldif = new StringBuilder();
        ldif.Append("dn: dc=example,dc=org\nobjectClass: dcObject\nobjectClass: organization\no: Example\n\n");
        ldif.Append("dn: ou=people,dc=example,dc=org\nobjectClass: organizationalUnit\nou: people\n\n");
        foreach (var account in (string[])[Reader, Unlimited])
            ldif.Append(CultureInfo.InvariantCulture, $"dn: {account}\nobjectClass: person\nsn: account\nuserPassword: {Password}\n\n");
        ldif.Append("dn: ou=elsewhere,dc=example,dc=org\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\nref: ldap://127.0.0.1:1/ou=elsewhere,dc=example,dc=org\n\n");
        for (var n = 1; n <= people; n++)
            ldif.Append(CultureInfo.InvariantCulture, $"dn: uid=p{n},ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: p{n}\ncn: Person {n}\nsn: {n}\nmail: p{n}@example.org\ntelephoneNumber: ext. {n % 100}\nmobile: +44 20 7946 {n % 10000:0000}\npreferredLanguage: en-GB,en;q=0.8\ndepartmentNumber: lifts\n\n");
        var people1 = Path.Combine(folder.FullName, "people.ldif");
        File.WriteAllText(people1, ldif.ToString());
        Run("-Ta", "-q", "-f", Path.Combine(folder.FullName, "slapd.conf"), "-l", people1).WaitForExit(60_000);
        Begin();
    }

    public static string? Program { get; } = ((string[])["/usr/sbin/slapd", "/usr/local/sbin/slapd", "/usr/local/libexec/slapd"]).FirstOrDefault(File.Exists);

    public int Port { get; }

    public int SecurePort { get; }

    /// <summary>The folder with the certificate of the authority that signed the server's.</summary>
    public string Trust { get; }

    /// <summary>Starts it; also again after <see cref="End"/>.</summary>
    public void Begin()
    {
        process = Run("-d", "0", "-f", Path.Combine(folder.FullName, "slapd.conf"), "-h", $"ldap://127.0.0.1:{Port} ldaps://127.0.0.1:{SecurePort}");
        for (var tries = 0; tries < 1000; tries++)
        {
            using var probe = new TcpClient();
            try
            {
                probe.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                process.HasExited.ShouldBeFalse("slapd ended at its start");
                Thread.Sleep(10);
            }
        }
        throw new InvalidOperationException("slapd did not start");
    }

    public void End()
    {
        if (process is null)
            return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    public void Dispose()
    {
        End();
        folder.Delete(recursive: true);
    }

    static Process Run(params string[] arguments) => Process.Start(new ProcessStartInfo(Program!, arguments))!;

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    void WriteCertificates()
    {
        using var key = RSA.Create(2048);
        var authority = new CertificateRequest("CN=Authority of this test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        using var own = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", own, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(root, DateTimeOffset.UtcNow.AddHours(-12), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
        File.WriteAllText(Path.Combine(folder.FullName, "server.pem"), signed.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "server.key"), own.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(Trust, "authority.pem"), root.ExportCertificatePem());
    }
}
