using BotDispatch.Employees.Remote;
using BotDispatch.Ports;
using BotDispatch.Settings;

namespace BotDispatch.Employees.Ldap;

/// <summary>Registers the directory server, if one is set.</summary>
internal static class LdapModule
{
    extension(WebApplicationBuilder builder)
    {
        public void AddLdap()
        {
            builder.Services.AddOptionsWithValidateOnStart<LdapOptions, LdapOptionsValidator>().BindSection("Ldap");
            if (string.IsNullOrWhiteSpace(builder.Configuration["Ldap:Server"]))
                return;
            builder.Services.AddSingleton<LdapDirectory>()
                .AddSingleton<IEmployeeSource>(sp => sp.GetRequiredService<LdapDirectory>())
                .AddSingleton<INoticeSource>(sp => sp.GetRequiredService<LdapDirectory>())
                .AddSingleton<IRefreshedSource>(sp => sp.GetRequiredService<LdapDirectory>());
        }
    }
}
